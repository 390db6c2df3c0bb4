import { createChore, type Chore } from '../platform/chore.ts';
import type { Log } from '../platform/log/index.ts';
import { checkDue, releaseWaiting } from './check-files.ts';
import type { FileDeps } from './deps.ts';
import { lookAgain } from './look-again.ts';
import { removeDue } from './remove-files.ts';
import { tellDue } from './tell-changes.ts';

const removingPeriodMs = 60_000;
/** What no wake has told of: retries, and files of other nodes. */
const checkingPeriodMs = 10_000;
const releasingPeriodMs = 60_000;
const tellingPeriodMs = 10_000;
const lookingPeriodMs = 60_000;
/** Between two files from before: nobody waits for them, and those that come now go first. */
const lookingRestMs = 2_000;

/** What is done about files behind the scenes, until it is closed. */
export function createFileChores(deps: FileDeps & { readonly logbook: Log }): {
  chores: readonly Chore[];
  /** A file is there. */
  finished(): void;
} {
  const { scanner } = deps;
  let closing = false;
  const stopped = (): boolean => closing;
  const telling = createChore({
    ...deps,
    name: 'telling of files',
    periodMs: tellingPeriodMs,
    work: () => tellDue(deps, stopped),
  });
  const checking =
    scanner === undefined
      ? createChore({
          ...deps,
          name: 'serving files unchecked',
          periodMs: releasingPeriodMs,
          work: () => releaseWaiting(deps),
        })
      : createChore({
          ...deps,
          name: 'checking files',
          periodMs: checkingPeriodMs,
          async work() {
            try {
              await checkDue({ ...deps, scanner }, stopped);
            } finally {
              telling.wake();
            }
          },
        });
  const looking = createChore({
    ...deps,
    name: 'looking at files from before',
    periodMs: lookingPeriodMs,
    restMs: lookingRestMs,
    async work() {
      if (!(await lookAgain(deps))) return;
      telling.wake();
      looking.wake();
    },
  });
  const removing = createChore({
    ...deps,
    name: 'removing files',
    periodMs: removingPeriodMs,
    work: () => removeDue(deps),
  });
  const chores = [removing, checking, telling, looking].map((chore) => ({
    ...chore,
    close() {
      closing = true;
      return chore.close();
    },
  }));
  return { chores, finished: scanner === undefined ? () => {} : checking.wake };
}
