const C1 = 0xcc9e2d51;
const C2 = 0x1b873593;

/**
 * MurmurHash3 x86 32-bit of the UTF-8 bytes of `text`, as an unsigned integer (Austin Appleby, public domain reference `MurmurHash3_x86_32`).
 * Encodes while it hashes, so nothing is allocated; a lone surrogate counts as U+FFFD, as TextEncoder would write it.
 */
export function murmur3(text: string, seed: number): number {
  let hash = seed | 0;
  let block = 0;
  let shift = 0;
  let bytes = 0;
  const length = text.length;

  for (let i = 0; i < length; i++) {
    let code = text.charCodeAt(i);
    if (code < 0x80) {
      // The usual case: one byte per character.
      block |= code << shift;
      shift += 8;
      bytes++;
      if (shift === 32) {
        hash = mix(hash, block);
        block = 0;
        shift = 0;
      }
      continue;
    }
    if (code >= 0xd800 && code <= 0xdfff) {
      const low = code <= 0xdbff && i + 1 < length ? text.charCodeAt(i + 1) : 0;
      if (low >= 0xdc00 && low <= 0xdfff) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        i++;
      } else {
        code = 0xfffd;
      }
    }
    const extra = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    const lead = extra === 1 ? 0xc0 : extra === 2 ? 0xe0 : 0xf0;
    for (let j = extra; j >= 0; j--) {
      const byte = j === extra ? lead | (code >>> (6 * j)) : 0x80 | ((code >>> (6 * j)) & 0x3f);
      block |= byte << shift;
      shift += 8;
      bytes++;
      if (shift === 32) {
        hash = mix(hash, block);
        block = 0;
        shift = 0;
      }
    }
  }

  if (shift > 0) {
    block = Math.imul(block, C1);
    block = (block << 15) | (block >>> 17);
    hash ^= Math.imul(block, C2);
  }
  hash ^= bytes;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function mix(hash: number, block: number): number {
  let k = Math.imul(block, C1);
  k = (k << 15) | (k >>> 17);
  let h = hash ^ Math.imul(k, C2);
  h = (h << 13) | (h >>> 19);
  return (Math.imul(h, 5) + 0xe6546b64) | 0;
}
