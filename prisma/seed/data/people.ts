import type { Role } from "#lib/core/access/actor.ts";

type SeedPerson = { email: string; name: string; role: Role };

/** One person for each role. */
export const PEOPLE: SeedPerson[] = [
  { email: "pm@example.com", name: "Priya Menon", role: "product-manager" },
  { email: "lead@example.com", name: "Lea Lang", role: "operator" },
  { email: "reviewer@example.com", name: "Ruth Eriksen", role: "reviewer" },
  { email: "author@example.com", name: "Aron Tal", role: "author" },
  { email: "admin@example.com", name: "Adam Nowak", role: "admin" },
  { email: "viewer@example.com", name: "Vera Ionescu", role: "viewer" },
];
