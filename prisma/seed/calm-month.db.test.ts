import { expect, it } from "vitest";
import { featureVerdicts, metricsView } from "#lib/services/metrics/queries.ts";
import { patiently, tellStory } from "./testing/told-story.ts";

const { ctx } = await tellStory("calm-month", 28);

it("in a calm month no chosen metric of any feature is alarming", async () => {
  for (const verdict of await patiently(() => featureVerdicts(ctx)))
    expect(verdict.standing, verdict.sentence).not.toBe("worse");
  for (const feature of ["reply-assistant", "knowledge-answers"]) {
    const view = await patiently(() =>
      metricsView(ctx, {
        environment: "production",
        feature,
        period: "7d",
        cut: "",
        compare: "before",
      }),
    );
    expect(view.verdict.standing, view.verdict.sentence).not.toBe("worse");
    expect(view.panels.filter((panel) => panel.chosen && panel.standing === "worse")).toEqual([]);
    expect(view.disagreements).toEqual([]);
  }
});
