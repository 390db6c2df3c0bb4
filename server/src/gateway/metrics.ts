/** What operators watch, in Prometheus' text format. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export interface Metrics {
  call(name: string, outcome: string, durationMs: number): void;
  text(): Promise<string>;
  readonly contentType: string;
}

export interface MetricSources {
  connections(): number;
  feeds(): { feeds: number; lag: number };
  sendsWaiting(): number;
  readersBehind(): Promise<{ name: string; lagMs: number }[]>;
}

export function createMetrics(sources: MetricSources): Metrics {
  const registry = new Registry();
  /** Those of the process cost something as long as they are collected: they begin when somebody asks. */
  let asked = false;
  const registers = [registry];
  const calls = new Histogram({
    name: 'confab_call_seconds',
    help: 'Time to answer a call, by call and outcome',
    labelNames: ['call', 'outcome'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  });
  const refusals = new Counter({
    name: 'confab_refusals_total',
    help: 'Calls that were not answered with a result, by code',
    labelNames: ['code'],
    registers,
  });
  gauge('confab_connections', 'Open sockets on this node', () => sources.connections());
  gauge('confab_streams_served', 'Streams that somebody on this node reads', () => sources.feeds().feeds);
  gauge(
    'confab_stream_lag_events',
    'Events in the log that this node had not seen at its last sweep',
    () => sources.feeds().lag,
  );
  gauge('confab_sends_waiting', 'Messages waiting for the commit lane', () => sources.sendsWaiting());
  new Gauge<'reader'>({
    name: 'confab_reader_behind_seconds',
    help: 'How far a durable reader is behind the log',
    labelNames: ['reader'],
    registers,
    async collect() {
      for (const { name, lagMs } of await sources.readersBehind()) this.set({ reader: name }, lagMs / 1_000);
    },
  });

  function gauge(name: string, help: string, value: () => number): void {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  }

  return {
    call(name, outcome, durationMs) {
      calls.observe({ call: name, outcome }, durationMs / 1_000);
      if (outcome !== 'ok') refusals.inc({ code: outcome });
    },
    text() {
      if (!asked) collectDefaultMetrics({ register: registry });
      asked = true;
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}
