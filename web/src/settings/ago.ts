import type { Words } from '../language/index.ts';
import { now, type TimeFormat } from '../platform/index.ts';

const minuteMs = 60_000;

/** "just now", "3 hours ago". Servers note only now and then that something is used: minutes would be too exact. */
export function ago(at: number, { relative }: TimeFormat, { settings }: Words): string {
  return now() - at < 5 * minuteMs ? settings.justNow : relative(at);
}
