/**
 * How the system is doing, for those who look after it. Owns no tables; what it measures stays in the memory of the node,
 * half an hour of it. Refuses to know what is good or bad.
 */
import type { Output } from '@confab/protocol';
import type { Caller } from '../kit/caller.ts';
import type { Handlers } from '../kit/handlers.ts';
import { createExaminations, type ExamineDeps } from './examine.ts';
import { createMeasurements, type Gauges } from './measurements.ts';
import { readHealth, type HealthDeps } from './read-health.ts';

export interface HealthParts {
  readonly handlers: Handlers<'workspace.health' | 'workspace.examine'>;
  /** A call was answered. */
  called(): void;
  /** A message left for the commit after it had waited so long. */
  sent(waitMs: number): void;
  close(): void;
}

export type { Examine } from './examine.ts';

export function createHealth(
  deps: Omit<HealthDeps, 'measurements' | 'startedAt'> & Gauges & ExamineDeps,
): HealthParts {
  const measurements = createMeasurements(deps);
  const reading: HealthDeps = { ...deps, measurements, startedAt: deps.clock.now() };
  return {
    handlers: {
      'workspace.examine': createExaminations(deps),
      'workspace.health': (caller: Caller): Promise<Output<'workspace.health'>> =>
        readHealth(reading, caller),
    },
    called: measurements.called,
    sent: measurements.sent,
    close: measurements.close,
  };
}
