import { isText, type Memory } from '../platform/index.ts';

const memoryName = 'door-language';

/** The language chosen before one was in, until whoever comes in takes it with them. @param tag BCP 47 */
export function rememberDoorLanguage(memory: Memory, tag: string): void {
  memory.write(memoryName, tag);
}

/** Null when none was chosen at the door since the last time this was asked. */
export function takeDoorLanguage(memory: Memory): string | null {
  const tag = memory.read(memoryName, isText);
  if (tag !== null) memory.write(memoryName, null);
  return tag;
}
