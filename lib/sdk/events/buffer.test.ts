import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventBuffer, type EventKind, type Pending } from "./buffer.ts";

const event = (kind: EventKind, bytes = 10): Pending => ({ kind, bytes, make: () => "{}" });
const kinds = (events: Pending[]) => events.map((each) => each.kind);

describe("the event buffer", () => {
  it("drops samples first, then decisions, and a signal only when nothing else is left", () => {
    const buffer = new EventBuffer(3);
    for (const kind of ["signal", "decision", "sample", "signal", "signal"] as const) buffer.add(event(kind));
    expect(buffer.dropped).toEqual({ decisions: 1, signals: 0, samples: 1 });
    buffer.add(event("signal"));
    expect(buffer.dropped.signals).toBe(1);
    expect(kinds(buffer.take(10, 1e6))).toEqual(["signal", "signal", "signal"]);
  });

  it("drops the oldest of a kind, also when a failed batch comes back", () => {
    const buffer = new EventBuffer(2);
    const old = event("decision");
    buffer.add(old);
    const batch = buffer.take(10, 1e6);
    const [a, b] = [event("decision"), event("decision")];
    buffer.add(a);
    buffer.add(b);
    buffer.giveBack(batch);
    expect(buffer.take(10, 1e6)).toEqual([a, b]);
    expect(buffer.dropped.decisions).toBe(1);
  });

  it("never holds more than its bounds, and accounts for every event", () => {
    const action = fc.oneof(
      fc.record({
        add: fc.constantFrom<EventKind>("decision", "signal", "sample"),
        bytes: fc.integer({ min: 1, max: 60 }),
      }),
      fc.record({ take: fc.nat(5), back: fc.boolean() }),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 200 }), (actions) => {
        const buffer = new EventBuffer(10, 200);
        let added = 0;
        let gone = 0;
        for (const step of actions) {
          if ("add" in step) {
            added++;
            buffer.add(event(step.add, step.bytes));
          } else {
            const taken = buffer.take(step.take, 100);
            if (step.back) buffer.giveBack(taken);
            else gone += taken.length;
          }
          const { decisions, signals, samples } = buffer.dropped;
          expect(buffer.size).toBeLessThanOrEqual(10);
          expect(buffer.size + gone + decisions + signals + samples).toBe(added);
        }
        const rest = buffer.take(100, 1e9).reduce((sum, each) => sum + each.bytes, 0);
        expect(rest).toBeLessThanOrEqual(200);
      }),
    );
  });

  it("hands out a single event that is larger than a batch may be, for the sender to judge", () => {
    const buffer = new EventBuffer();
    buffer.add(event("sample", 5000));
    buffer.add(event("sample", 5000));
    expect(buffer.take(10, 1000)).toHaveLength(1);
  });
});
