import { limits, type Input, type Output } from '@confab/protocol';
import { userStream, type EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { refuseUnreadable } from '../kit/readable-text.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { forMember } from '../rooms/index.ts';
import { forThread } from '../threads/index.ts';
import { countDrafts, findDraftText, putDraft } from './store.ts';

/** Keeps what somebody is writing for their other devices. */
export async function setDraft(
  deps: { log: EventLog },
  caller: Caller,
  input: Input<'draft.set'>,
): Promise<Output<'draft.set'>> {
  const { roomId, threadId = null, text } = input;
  const { userId } = caller;
  const own = userStream(userId);
  const place = { userId, roomId, threadId };
  refuseUnreadable(text, '/text');
  return deps.log.write([own], async (tx, log) => {
    await forMember(tx, roomId, userId);
    if (threadId !== null) await refuseElsewhere(tx, place, threadId);
    const present = await findDraftText(tx, place);
    if ((present ?? '') === text) return { position: log.position(own) };
    if (present === null && (await countDrafts(tx, userId)) >= limits.draftsMax) {
      throw new Refusal('limit_reached', { what: 'drafts', limit: limits.draftsMax });
    }
    await putDraft(tx, place, { text, at: new Date(log.at) });
    const draft = { roomId, threadId, text, at: log.at };
    return { position: log.append(own, 'draft.changed', { draft }) };
  });
}

/** @throws Refusal not_found for the thread of another room */
async function refuseElsewhere(
  tx: Tx,
  place: { userId: string; roomId: string },
  threadId: string,
): Promise<void> {
  const root = await forThread(tx, threadId, place.userId);
  if (root.roomId !== place.roomId) throw new Refusal('not_found', { what: 'message' });
}
