/** What is being written at the caret and could be completed. */

export interface Trigger {
  readonly kind: 'person' | 'room' | 'emoji' | 'command';
  /** What follows the sign, as written. */
  readonly query: string;
  /** Where the sign stands. */
  readonly start: number;
  readonly end: number;
}

const queryCharsMax = 60;
const kinds: Readonly<Record<string, Trigger['kind']>> = { '@': 'person', '#': 'room', ':': 'emoji' };

/** Null when nothing is to be completed: inside code, in the middle of a word, or when nothing begins there. */
export function triggerAt(text: string, caret: number): Trigger | null {
  const command = /^\/([a-z]*)$/.exec(text.slice(0, caret));
  if (command) return { kind: 'command', query: command[1] ?? '', start: 0, end: caret };
  const before = text.slice(Math.max(0, caret - queryCharsMax), caret);
  const match = /(?:^|[\s([{"'>*_~])([@#:])([\p{L}\p{N}._+-]*)$/u.exec(before);
  const sign = match?.[1];
  const query = match?.[2] ?? '';
  const kind = kinds[sign ?? ''];
  if (kind === undefined || isInCode(text.slice(0, caret))) return null;
  // A colon alone is a colon, and `:3` a face.
  if (kind === 'emoji' && !/^[\p{L}+-][\p{L}\p{N}_+-]/u.test(query)) return null;
  return { kind, query, start: caret - query.length - 1, end: caret };
}

function isInCode(before: string): boolean {
  const fences = before.match(/^\s{0,3}```/gm)?.length ?? 0;
  if (fences % 2 === 1) return true;
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return (line.match(/`/g)?.length ?? 0) % 2 === 1;
}
