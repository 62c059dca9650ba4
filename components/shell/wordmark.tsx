import Link from "next/link";

/** A hull on an even keel: the mark and the name. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 24 24" fill="none">
      <path d="M2 10h20c-1.2 5-5 8-10 8S3.2 15 2 10Z" fill="currentColor" />
      <path d="M12 18v4M12 2v5" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" />
    </svg>
  );
}

export function Wordmark({ href }: { href: string }) {
  return (
    <Link href={href} className="flex h-10 items-center gap-2.5 rounded px-3 font-semibold">
      <Mark />
      Evenkeel
    </Link>
  );
}
