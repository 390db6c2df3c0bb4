import { setTimeout as pause } from 'node:timers/promises';
import { openMembers, type Members } from '../members.ts';
import type { Subject } from '../subjects/subject.ts';

/** The first ones warm the program up: one that has just begun to work grows by itself. */
const warmUp = 300;
/** Servers tidy up after newcomers. */
const settleMs = 2_500;

/**
 * Lets the members in, and tells what each of them adds to the process. Those who warm it up leave again.
 * @param options.look in bytes, several ways to see it, with the garbage collected: the one that grew most counts, since a
 *   process may have had room left. Resident memory unless told.
 */
export async function gatherAndWeigh(
  subject: Subject,
  options: { members: number; look?: () => Promise<readonly number[]> },
): Promise<{ members: Members; bytesEach: number }> {
  const look = options.look ?? (async () => [subject.residentBytes()]);
  const early = await openMembers(subject, warmUp, {
    says: (index) => subject.memberSays(options.members + index),
  });
  await pause(settleMs);
  const before = await look();
  const members = await openMembers(subject, options.members);
  await pause(settleMs);
  const after = await look();
  early.close();
  const grown = Math.max(...after.map((bytes, way) => bytes - (before[way] ?? 0)));
  return { members, bytesEach: grown / options.members };
}

/** How many accounts a subject needs besides its members'. */
export const warmUpAccounts = warmUp;
