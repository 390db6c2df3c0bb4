/** Faults of a cluster that is not ours: an operator says by which commands they are done and mended. */
import { execFile } from 'node:child_process';
import { faultParts, type Fault, type FaultPart } from './fault.ts';

/** One fault in a plan: a JSON list of these. Times are seconds. */
export interface PlannedFault {
  readonly name: string;
  readonly title?: string;
  /** Whose failure it is, in the report; a node's unless given. */
  readonly part?: FaultPart;
  /** Lines for `sh -c`. `settled` is asked until it ends with 0. */
  readonly inject: string;
  readonly heal?: string;
  readonly settled?: string;
  readonly holdSeconds?: number;
  readonly aimSeconds?: number;
}

const commandTimeoutMs = 60_000;
const settleAttempts = 60;
const faultsMax = 200;

/** @throws Error that says which part of the plan is not right */
export function readPlan(text: string): PlannedFault[] {
  const plan: unknown = JSON.parse(text);
  if (!Array.isArray(plan) || plan.length === 0 || plan.length > faultsMax)
    throw new Error(`A plan is a JSON list of 1 to ${faultsMax} faults.`);
  return plan.map((one: unknown, index) => {
    const problem = problemOf(one);
    if (problem !== null) throw new Error(`Fault ${index + 1} of the plan ${problem}.`);
    return one as PlannedFault;
  });
}

const texts = ['title', 'heal', 'settled'];
const times = ['holdSeconds', 'aimSeconds'];

function problemOf(one: unknown): string | null {
  if (typeof one !== 'object' || one === null) return 'is no object';
  const fault = one as Record<string, unknown>;
  const strange = Object.keys(fault).find(
    (key) => !['name', 'part', 'inject', ...texts, ...times].includes(key),
  );
  if (strange !== undefined) return `has a field "${strange}" that means nothing`;
  for (const key of ['name', 'inject'])
    if (typeof fault[key] !== 'string' || fault[key] === '') return `needs "${key}", a text`;
  for (const key of texts)
    if (fault[key] !== undefined && typeof fault[key] !== 'string')
      return `has "${key}", which should be a text`;
  if (fault['part'] !== undefined && !faultParts.includes(fault['part'] as FaultPart))
    return `has "part", which should be one of ${faultParts.join(', ')}`;
  for (const key of times) {
    const value = fault[key];
    const isRight = value === undefined || (typeof value === 'number' && value >= 0 && value <= 3_600);
    if (!isRight) return `has "${key}", which should be seconds from 0 to 3600`;
  }
  return null;
}

export function commandFaults(
  plan: readonly PlannedFault[],
  pause: (milliseconds: number) => Promise<void>,
): Fault[] {
  return plan.map(({ name, title = name, part = 'node', inject, heal, settled, ...times }) => ({
    ...{ name, title, part },
    aimMs: (times.aimSeconds ?? 15) * 1_000,
    holdMs: (times.holdSeconds ?? 10) * 1_000,
    inject: () => shell(inject),
    heal: async () => (heal === undefined || heal === '' ? undefined : shell(heal)),
    async settled() {
      if (settled === undefined) return;
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await shell(settled);
        } catch (error) {
          if (attempt === settleAttempts) throw error;
        }
        await pause(1_000);
      }
    },
  }));
}

function shell(line: string): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile('sh', ['-c', line], { timeout: commandTimeoutMs }, (error, _, stderr) => {
      if (error === null) resolve();
      else reject(new Error(`"${line}" failed: ${stderr.trim().slice(0, 500) || error.message}`));
    });
  });
}
