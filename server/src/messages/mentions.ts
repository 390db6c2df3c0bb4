import type { Mentions } from '@confab/protocol';
import { extractReferences, parseMarkdown, toPlainText } from '@confab/protocol/markdown';
import type { Tx } from '../platform/postgres/index.ts';
import { findPublicRooms } from '../rooms/index.ts';
import { findHandles } from '../users/index.ts';

/** What reading a text found out. */
export interface ReadText {
  readonly references: {
    readonly handles: readonly string[];
    readonly rooms: readonly string[];
    readonly all: boolean;
    readonly here: boolean;
  };
  /** The beginning, as plain text. */
  readonly excerpt: string;
}

const excerptChars = 140;

/** Reads a text once, for everything that is made of it. */
export function readText(text: string): ReadText {
  const blocks = parseMarkdown(text);
  return { references: extractReferences(blocks), excerpt: toPlainText(blocks, excerptChars) };
}

/**
 * What names in a text stand for now; null when it refers to nothing that exists.
 * @param before what they stood for in the text's last version: names that stay keep their meaning, renamed or not
 */
export async function resolveMentions(
  tx: Tx,
  references: ReadText['references'],
  before?: Mentions,
): Promise<Mentions | null> {
  const { handles, rooms, all, here } = references;
  if (handles.length === 0 && rooms.length === 0 && !all && !here) return null;
  const known = { users: only(before?.users, handles), rooms: only(before?.rooms, rooms) };
  const foundUsers = await findHandles(
    tx,
    handles.filter((handle) => !known.users.has(handle)),
  );
  const foundRooms = await findPublicRooms(
    tx,
    rooms.filter((room) => !known.rooms.has(room)),
  );
  const users = new Map([...known.users, ...foundUsers]);
  const publicRooms = new Map([...known.rooms, ...foundRooms]);
  if (users.size === 0 && publicRooms.size === 0 && !all && !here) return null;
  return { users: Object.fromEntries(users), rooms: Object.fromEntries(publicRooms), all, here };
}

function only(
  meanings: Readonly<Record<string, string>> = {},
  names: readonly string[],
): Map<string, string> {
  return new Map(
    names.flatMap((name) => {
      const meaning = Object.hasOwn(meanings, name) ? meanings[name] : undefined;
      return meaning === undefined ? [] : [[name, meaning] as const];
    }),
  );
}
