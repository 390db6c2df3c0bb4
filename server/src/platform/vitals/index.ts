/** How the process itself is doing. Nothing is decided by it: it is shown to whoever looks after the machine. */
export interface Vitals {
  /** What runs the program, with its version. */
  readonly runtime: string;
  memory(): { readonly residentBytes: number; readonly heapBytes: number };
  /** The longest time, in milliseconds, for which the process was too busy to turn to anything else since this was last asked. */
  loopDelayMs(): number;
  /** Milliseconds, with a fraction, since some moment; for how long something took. */
  moment(): number;
}

export { createStillVitals } from './still.ts';
export { createSystemVitals } from './system.ts';
export { releaseMemory } from './release-memory.ts';
