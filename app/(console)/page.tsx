import { redirect } from "next/navigation";
import { homeEnvironment } from "#lib/auth/home-environment.ts";

/** The console opens where real customers are. */
export default async function Home() {
  redirect(`/${await homeEnvironment()}`);
}
