import type { BenchConsole } from "./bench-console.ts";
import { FILLED_FEATURE } from "./charts-fill.ts";
import { figure, quantile } from "./figure.ts";

const ROUNDS = 10;
const PERIODS = ["3h", "24h", "7d", "28d", "60d"];
const CUTS = ["", "scenario:billing", "cohort:region-de"];

type Answered = { firstByte: number; whole: number };

/** Milliseconds to the first byte and to the last. */
async function get(url: string, headers: Record<string, string>): Promise<Answered> {
  const started = performance.now();
  const response = await fetch(url, { headers, redirect: "manual" });
  const firstByte = performance.now() - started;
  const body = await response.text();
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}: ${body.slice(0, 300)}`);
  return { firstByte, whole: performance.now() - started };
}

/** The metric page, and the figures that it asks for while it is open, over HTTP: periods and parts of the traffic in turn, so that hardly anything is answered from memory. */
export async function measurePages({ url, leadHeaders }: BenchConsole, size: string): Promise<void> {
  const pages: Answered[] = [];
  const data: Answered[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const period of PERIODS) {
      const query = new URLSearchParams({ period, cut: CUTS[round % CUTS.length] ?? "" });
      pages.push(await get(`${url}/production/features/${FILLED_FEATURE}/metrics?${query}`, leadHeaders));
      query.set("environment", "production");
      query.set("feature", FILLED_FEATURE);
      query.set("compare", round % 2 === 0 ? "arms" : "scenarios");
      data.push(await get(`${url}/api/console/metrics?${query}`, leadHeaders));
    }
  }
  const [first] = pages.splice(0, 1);
  data.splice(0, 1);
  const wholes = (answered: readonly Answered[]) => answered.map(({ whole }) => whole);
  figure(`charts.page.first.${size}`, first?.whole ?? Number.NaN, "ms");
  figure(
    `charts.page.firstByte.p95.${size}`,
    quantile(
      pages.map(({ firstByte }) => firstByte),
      0.95,
    ),
    "ms",
  );
  figure(`charts.page.p95.${size}`, quantile(wholes(pages), 0.95), "ms");
  figure(`charts.data.p95.${size}`, quantile(wholes(data), 0.95), "ms");
}
