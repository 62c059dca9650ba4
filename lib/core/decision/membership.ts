/**
 * The membership filter's arithmetic, shared by the builder (`lib/core/compile`) and the reader (`decide`), so that both always agree.
 * A Bloom filter over pseudonyms (userHash, 32 hex digits = 128 uniform bits): enhanced double hashing (Dillinger and Manolios 2004)
 * from the pseudonym itself, h1 from its first 64 bits and h2 from its last 64, folded to 32 bits each.
 */

/**
 * The bit positions of `userHash` in a filter of `bitCount` bits (a multiple of 8) with `hashes` hash functions.
 * Null when it is not a pseudonym or the filter holds no bits.
 */
export function bitIndexes(userHash: string, hashes: number, bitCount: number): number[] | null {
  if (userHash.length !== 32 || bitCount < 1) return null;
  const w0 = hexWord(userHash, 0);
  const w1 = hexWord(userHash, 8);
  const w2 = hexWord(userHash, 16);
  const w3 = hexWord(userHash, 24);
  if (w0 < 0 || w1 < 0 || w2 < 0 || w3 < 0) return null;
  let index = (w0 ^ w1) >>> 0;
  let step = (w2 ^ w3) >>> 0;
  const indexes: number[] = [];
  for (let i = 0; i < hashes; i++) {
    indexes.push(index % bitCount);
    index = (index + step) >>> 0;
    step = (step + i + 1) >>> 0;
  }
  return indexes;
}

/**
 * Whether `userHash` may be a member: false is certain, true is wrong for at most the share the builder allowed.
 * `bits`: bit `n` is `bits[n >> 3] & (1 << (n & 7))`. No bits, or no hash functions: nobody is a member.
 */
export function mightContain(bits: Uint8Array, hashes: number, userHash: string): boolean {
  if (hashes < 1) return false;
  const indexes = bitIndexes(userHash, hashes, bits.length * 8);
  if (indexes === null) return false;
  for (const index of indexes) {
    if (((bits[index >>> 3] ?? 0) & (1 << (index & 7))) === 0) return false;
  }
  return true;
}

/**
 * The same for bits as a ruleset carries them: base64, read where they are asked instead of decoding megabytes between two requests.
 * `size` in bits. Nobody is a member where the text is not as long as the size says or cannot be read.
 */
export function mightContainEncoded(base64: string, size: number, hashes: number, userHash: string): boolean {
  if (hashes < 1 || size % 8 !== 0 || base64.length !== Math.ceil(size / 24) * 4) return false;
  const indexes = bitIndexes(userHash, hashes, size);
  if (indexes === null) return false;
  for (const index of indexes) {
    const byte = byteAt(base64, index >>> 3);
    if (byte < 0 || (byte & (1 << (index & 7))) === 0) return false;
  }
  return true;
}

/** One byte of what `base64` encodes, -1 where it cannot be read. */
function byteAt(base64: string, index: number): number {
  const place = index % 3;
  const first = Math.floor(index / 3) * 4 + place;
  const high = sextet(base64.charCodeAt(first));
  const low = sextet(base64.charCodeAt(first + 1));
  if (high < 0 || low < 0) return -1;
  return ((high << (2 + 2 * place)) | (low >> (4 - 2 * place))) & 0xff;
}

/** The six bits that a character of base64 stands for, -1 for another character. */
function sextet(code: number): number {
  if (code >= 65 && code <= 90) return code - 65;
  if (code >= 97 && code <= 122) return code - 71;
  if (code >= 48 && code <= 57) return code + 4;
  return code === 43 ? 62 : code === 47 ? 63 : -1;
}

/** Eight hex digits from `start` as an unsigned integer, -1 if they are not lowercase hex. */
function hexWord(text: string, start: number): number {
  let word = 0;
  for (let i = start; i < start + 8; i++) {
    const code = text.charCodeAt(i);
    const digit = code >= 48 && code <= 57 ? code - 48 : code >= 97 && code <= 102 ? code - 87 : -1;
    if (digit < 0) return -1;
    word = word * 16 + digit;
  }
  return word;
}
