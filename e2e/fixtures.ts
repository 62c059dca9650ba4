import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { env } from "#lib/env.ts";
import { ConsolePage } from "./pages/console.ts";
import { FeaturePage } from "./pages/feature.ts";
import { MetricsPage } from "./pages/metrics.ts";
import { SignInPage, type Who } from "./pages/sign-in.ts";

export const BILLING = "Disable AI replies for billing cases";
export const SHIPPING = "Disable AI replies for shipping cases";

/** The password of every seeded person. */
export function demoPassword(): string {
  const password = env.EVENKEEL_DEMO_PASSWORD;
  if (!password) throw new Error("EVENKEEL_DEMO_PASSWORD is not set: the run that seeded the database sets it.");
  return password;
}

/** The page's script runs: keys and menus work. */
export async function expectReady(page: Page): Promise<void> {
  await expect(page.getByText("Updating live")).toBeAttached();
}

type Fixtures = {
  room: ConsolePage;
  feature: FeaturePage;
  metrics: MetricsPage;
  signInPage: SignInPage;
  /** Signs in and opens the control room. */
  asPerson: (who: Who, page?: Page) => Promise<void>;
};

type Active = { features: { controls: { id: string; undoUntil: string | null }[] }[] };

/** Takes back every control that the signed-in person placed, so that one journey leaves nothing to the next. */
export async function takeBackAll(page: Page, environment = "production"): Promise<void> {
  const origin = new URL(page.url()).origin;
  const live = await page.request.get(`/api/console/live?environment=${environment}`);
  if (!live.ok()) return;
  const { features }: Active = await live.json();
  const mine = features.flatMap((feature) => feature.controls).filter((control) => control.undoUntil !== null);
  for (const id of new Set(mine.map((control) => control.id))) {
    const undone = await page.request.post("/api/console/undo", { headers: { origin }, data: { environment, id } });
    expect(undone.ok(), await undone.text()).toBe(true);
  }
}

type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;
const sessions = new Map<Who, Cookies>();

/** Through the form, or with the session that this person has from a journey before, while it holds. */
async function comeIn(who: Who, page: Page): Promise<void> {
  const context = page.context();
  const known = sessions.get(who);
  if (known) {
    await context.addCookies(known);
    const holds = (await page.request.get("/api/console/live?environment=production")).ok();
    if (holds) return void (await page.goto("/production"));
    await context.clearCookies();
  }
  await page.goto("/sign-in?next=/production");
  await new SignInPage(page).signIn(who, demoPassword());
  await page.waitForURL(({ pathname }) => pathname === "/production");
  sessions.set(who, await context.cookies());
}

/** Journeys: a person, a browser, pages. Anything the browser's console reports as an error, or throws, fails the journey. */
export const test = base.extend<Fixtures & { quietConsole: string[] }>({
  quietConsole: [
    async ({ page }, use) => {
      const problems: string[] = [];
      page.on("pageerror", (error) => problems.push(error.message));
      page.on("console", (message) => {
        if (message.type() === "error" && !/Failed to load resource/.test(message.text()))
          problems.push(message.text());
      });
      await use(problems);
      expect(problems).toEqual([]);
    },
    { auto: true },
  ],
  room: async ({ page }, use) => use(new ConsolePage(page)),
  feature: async ({ page }, use) => use(new FeaturePage(page)),
  metrics: async ({ page }, use) => use(new MetricsPage(page)),
  signInPage: async ({ page }, use) => use(new SignInPage(page)),
  asPerson: async ({ page: own }, use) => {
    const pages: Page[] = [];
    await use(async (who, page = own) => {
      await comeIn(who, page);
      await expectReady(page);
      pages.push(page);
    });
    for (const page of pages) if (!page.isClosed()) await takeBackAll(page);
  },
});

export { expect };
