import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

const anchor = globalThis as typeof globalThis & { evenkeelMetrics?: ReturnType<typeof make> };

function make() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    requests: new Histogram({
      name: "evenkeel_http_request_seconds",
      help: "API requests by route and status; a stream counts when it opens.",
      labelNames: ["route", "status"],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers,
    }),
    streams: new Gauge({ name: "evenkeel_streams_open", help: "Event streams open on this server.", registers }),
    dropped: new Counter({
      name: "evenkeel_streams_dropped_total",
      help: "Streams closed because the client read too slowly.",
      registers,
    }),
    published: new Counter({
      name: "evenkeel_rulesets_sent_total",
      help: "Rulesets passed on to the streams of this server.",
      registers,
    }),
    listening: new Gauge({
      name: "evenkeel_hub_listening",
      help: "1 while database notifications arrive; 0: the one-second read carries delivery.",
      registers,
    }),
    events: new Counter({
      name: "evenkeel_events_total",
      help: "Telemetry events by what became of them.",
      labelNames: ["result"],
      registers,
    }),
    acknowledgements: new Counter({
      name: "evenkeel_acknowledgements_total",
      help: "Confirmations received from instances.",
      registers,
    }),
  };
}

/** This process's figures for Prometheus. None carries a feature, a key or a person. */
export function metrics(): ReturnType<typeof make> {
  anchor.evenkeelMetrics ??= make();
  return anchor.evenkeelMetrics;
}
