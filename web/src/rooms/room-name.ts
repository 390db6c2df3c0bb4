import type { Words } from '../language/index.ts';

/** Makes of what is typed what may be a room's name: spaces become dashes, signs that may not stand in it go. */
export function asRoomName(typed: string): string {
  return typed
    .replace(/^#/, '')
    .replace(/\s+/g, '-')
    .replace(/[^\p{L}\p{N}._-]/gu, '');
}

const pattern = /^[\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}])?$/u;

/** What the server would refuse, said before it is asked. */
export function roomNameProblem(words: Words['rooms']['form'], name: string): { name?: string } {
  if (name === '') return { name: words.nameMissing };
  if (!pattern.test(name)) return { name: words.nameEnds };
  return {};
}
