import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptionsFor } from "#lib/auth/auth-options.ts";

type Segments = { params: Promise<{ nextauth: string[] }> };

async function handle(request: NextRequest, segments: Segments): Promise<Response> {
  return NextAuth(request, segments, authOptionsFor(request.headers));
}

export { handle as GET, handle as POST };
