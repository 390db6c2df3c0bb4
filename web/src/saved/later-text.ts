import type { Words } from '../language/index.ts';
import type { TimeFormat } from '../platform/index.ts';
import type { LaterTime, reminderTimes, sendTimes } from './later-times.ts';

type Name = ReturnType<typeof sendTimes | typeof reminderTimes>[number]['name'];

/** "Tomorrow at 09:00", "In 1 hour" */
export function laterText(words: Words, time: TimeFormat, { name, at }: LaterTime<Name>): string {
  const text = words.messages.later[name];
  return typeof text === 'string' ? text : text(time.time(at));
}
