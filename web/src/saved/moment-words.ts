import { now, type TimeFormat } from '../platform/index.ts';

/** When something is to happen: the time of day, with the day when it is another one. */
export function momentWords({ dayKey, day, time }: TimeFormat, at: number): string {
  return dayKey(at) === dayKey(now()) ? time(at) : `${day(at)}, ${time(at)}`;
}
