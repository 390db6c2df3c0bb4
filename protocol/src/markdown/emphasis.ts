import type { Budget } from './budget.ts';
import type { Run } from './pieces.ts';

/**
 * Pairs the runs from index `bottom` on and removes them from the list. The delimiter algorithm of the CommonMark
 * specification (its appendix): `floor` remembers where no opener was found, which keeps the whole linear.
 */
export function matchEmphasis(runs: Run[], bottom: number, budget: Budget): void {
  const open = runs.splice(bottom);
  const before: number[] = open.map((_, index) => index - 1);
  const floor = new Map<string, number>();
  for (let at = 0; at < open.length; at += 1) {
    const closer = open[at];
    if (closer === undefined) continue;
    if (closer.mayClose) closeAll(closer, at);
    // a run that cannot open is passed over from now on
    if (!closer.mayOpen || closer.left === 0) before[at + 1] = before[at] ?? -1;
  }

  function closeAll(closer: Run, at: number): void {
    while (closer.left > 0) {
      const found = findOpener(open, before, at, floor, budget);
      if (found === undefined) return;
      pair(found.opener, closer);
      // what lies between can pair with nothing outside
      before[at] = found.opener.left > 0 ? found.index : (before[found.index] ?? -1);
    }
  }
}

function findOpener(open: Run[], before: number[], at: number, floor: Map<string, number>, budget: Budget) {
  const closer = open[at];
  if (closer === undefined) return undefined;
  const key = `${closer.mark}${closer.mayOpen}${closer.mark === '~' ? closer.length : closer.length % 3}`;
  const stop = floor.get(key) ?? -1;
  for (let index = before[at] ?? -1; index > stop; index = before[index] ?? -1) {
    budget.steps += 1;
    const opener = open[index];
    if (opener !== undefined && fits(opener, closer)) return { opener, index };
  }
  floor.set(key, before[at] ?? -1);
  return undefined;
}

function fits(opener: Run, closer: Run): boolean {
  if (opener.mark !== closer.mark || !opener.mayOpen || opener.left === 0) return false;
  if (closer.mark === '~') return opener.length === closer.length;
  if (!opener.mayClose && !closer.mayOpen) return true;
  const sum = opener.length + closer.length;
  return sum % 3 !== 0 || closer.length % 3 === 0;
}

function pair(opener: Run, closer: Run): void {
  const double = opener.left >= 2 && closer.left >= 2;
  const strike = closer.mark === '~';
  const used = strike ? closer.left : double ? 2 : 1;
  const kind = strike ? 'strike' : double ? 'strong' : 'emphasis';
  opener.left -= used;
  closer.left -= used;
  opener.opened.push(kind);
  closer.closed.push(kind);
}
