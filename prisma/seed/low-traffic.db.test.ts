import { expect, it } from "vitest";
import { featureVerdicts, metricsView } from "#lib/services/metrics/queries.ts";
import { patiently, tellStory } from "./testing/told-story.ts";

const { ctx } = await tellStory("low-traffic", 23);

it("where there is little traffic, it is said that there is not enough data yet, and nothing is proved by it", async () => {
  for (const verdict of await patiently(() => featureVerdicts(ctx)))
    expect(verdict.standing, verdict.sentence).toBe("not-enough");
  for (const feature of ["reply-assistant", "case-summary", "knowledge-answers"]) {
    const { panels, disagreements } = await patiently(() =>
      metricsView(ctx, {
        environment: "production",
        feature,
        period: "24h",
        cut: "",
        compare: "before",
      }),
    );
    const chosen = panels.filter((panel) => panel.chosen);
    expect(chosen.length).toBeGreaterThan(4);
    for (const { key, standing } of chosen) expect(["not-enough", "no-data"], `${feature} ${key}`).toContain(standing);
    expect(disagreements).toEqual([]);
  }
});
