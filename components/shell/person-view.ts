/** Who is signed in, in words. */
export type PersonView = { name: string; email: string; roles: string };
