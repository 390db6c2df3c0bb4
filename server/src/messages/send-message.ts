import type { FileInfo, Input, Mentions, Output } from '@confab/protocol';
import { roomStream, streamName, type EventLog } from '../delivery/index.ts';
import { findSendable } from '../files/index.ts';
import type { Caller } from '../kit/caller.ts';
import type { Tx } from '../platform/postgres/index.ts';
import type { CommitLane, LaneItem, UnnumberedMessage } from './commit-lane.ts';
import { readText, resolveMentions } from './mentions.ts';
import { mentionedUsers, refuseCrowd, refuseUnfit, wideMention } from './rules.ts';
import { noMentions } from './views.ts';

/** What of a caller counts: messages are also sent when nobody calls, at the time that was set for them. */
export type Author = Pick<Caller, 'userId'>;

/** Posts a message: the text is read once for what it mentions, the rest is decided in the commit lane's transaction. */
export async function sendMessage(
  deps: { database: Tx; lane: CommitLane; log: EventLog },
  author: Author,
  input: Input<'message.send'>,
): Promise<Output<'message.send'>> {
  const { fileIds = [], roomId } = input;
  const read = await readForSending(deps.database, input.text, { mayBeEmpty: fileIds.length > 0 });
  // What is missing here is refused by the lane, unless the message was kept before.
  const files = await findSendable(deps.database, fileIds, { userId: author.userId, roomId });
  const kept = await deps.lane.send(laneItem(author, input, { ...read, files }));
  return {
    messageId: kept.messageId,
    ordinal: kept.ordinal,
    threadOrdinal: kept.threadOrdinal,
    at: kept.at,
    position: { stream: streamName(roomStream(kept.roomId)), epoch: deps.log.epoch, seq: kept.seq },
  };
}

/** A text with what it mentions, if it can be sent at all. @throws Refusal invalid, limit_reached */
export async function readForSending(
  tx: Tx,
  text: string,
  options: { mayBeEmpty?: boolean } = {},
): Promise<{ mentions: Mentions | null; excerpt: string }> {
  refuseUnfit(text, options);
  const { references, excerpt } = readText(text);
  const mentions = await resolveMentions(tx, references);
  refuseCrowd(mentions);
  return { mentions, excerpt };
}

function laneItem(
  author: Author,
  input: Input<'message.send'>,
  read: { mentions: Mentions | null; excerpt: string; files: readonly FileInfo[] },
): LaneItem {
  const { mentions, files } = read;
  const threadId = input.threadId ?? null;
  const quoteId = input.quoteId ?? null;
  const message: UnnumberedMessage = {
    roomId: input.roomId,
    authorId: author.userId,
    clientId: input.clientId,
    text: input.text,
    mentions: mentions ?? noMentions,
    threadId,
    quoteId,
    version: 1,
    editedAt: null,
    deletedAt: null,
    pinnedAt: null,
    reactions: [],
    thread: null,
    ...(files.length > 0 ? { files: [...files] } : {}),
  };
  return {
    message,
    body: JSON.stringify(message).slice(1, -1),
    mentions,
    mentioned: mentionedUsers(mentions),
    wide: wideMention(mentions),
    alsoInRoom: threadId !== null && (input.alsoInRoom ?? false),
    excerpt: JSON.stringify(read.excerpt),
    fileIds: input.fileIds ?? [],
  };
}
