import { openDoor } from './door.ts';
import { readWord, type Word } from './words.ts';

/** A message as its room holds it in the end. */
export interface LoggedMessage {
  readonly ordinal: number;
  readonly authorId: string;
  readonly text: string;
}

const pageSize = 100;

/** Everything a room holds, oldest first, page by page over HTTP as somebody who is in it. */
export async function readRoom(url: string, token: string, roomId: string): Promise<LoggedMessage[]> {
  const door = openDoor(url, { token });
  const all: LoggedMessage[] = [];
  for (;;) {
    const after = all.at(-1)?.ordinal ?? 0;
    const page = await door.call('room.history', { roomId, after, limit: pageSize });
    for (const { ordinal, authorId, text } of page.messages)
      if (ordinal !== null && ordinal > after) all.push({ ordinal, authorId, text });
    if (!page.hasAfter || page.messages.length === 0) return all;
  }
}

/** What was said in this rehearsal. */
export function wordsOf(run: string, messages: readonly LoggedMessage[]): Word[] {
  return messages.map(({ text }) => readWord(run, text)).filter((word) => word !== null);
}
