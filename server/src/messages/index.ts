/**
 * Messages: sent, edited, deleted, pinned, saved, mentioned. Owns messages and what hangs on them, threads' rows too.
 * Promises one place for each message for ever, and that a deleted text is gone everywhere, from the log too.
 * Sends go through the commit lane. Refuses to know who is notified how, and what reactions mean.
 */
import type { Input, Output } from '@confab/protocol';
import type { EventLog, StreamEvent } from '../delivery/index.ts';
import type { Handlers } from '../kit/handlers.ts';
import type { Clock } from '../platform/clock/index.ts';
import { inHaste, type Database } from '../platform/postgres/index.ts';
import { createCommitLane, type CommitLane } from './commit-lane.ts';
import { deleteMessage } from './delete-message.ts';
import { editMessage } from './edit-message.ts';
import { pinMessage, unpinMessage } from './pin-message.ts';
import { readHistory, readPins } from './read-history.ts';
import { readEdits, readMentions, readMessage, readSaved } from './read-lists.ts';
import { saveMessage, unsaveMessage } from './save-message.ts';
import { sendMessage, type Author } from './send-message.ts';

export type MessageHandlers = Handlers<
  | 'message.send'
  | 'message.edit'
  | 'message.delete'
  | 'message.get'
  | 'message.edits'
  | 'room.history'
  | 'message.pin'
  | 'message.unpin'
  | 'room.pins'
  | 'message.save'
  | 'message.unsave'
  | 'saved.list'
  | 'mention.list'
>;

export function createMessages(deps: {
  database: Database;
  clock: Clock;
  log: EventLog;
  /** Hears of what the lane committed. */
  committed: (events: readonly StreamEvent[]) => void;
  /** Hears of each send how long it waited for the commit lane. */
  waited?: (waitMs: number) => void;
}): {
  handlers: MessageHandlers;
  lane: Pick<CommitLane, 'idle' | 'waiting' | 'unanswered'>;
  /** As `message.send`, for somebody who need not be there. */
  send: (author: Author, input: Input<'message.send'>) => Promise<Output<'message.send'>>;
} {
  const { database, log } = deps;
  const lane = createCommitLane(deps);
  const writing = { database, log, lane };
  const sending = { database: inHaste(database), log, lane };
  const reading = { database, epoch: log.epoch };
  return {
    lane,
    send: (author, input) => sendMessage(sending, author, input),
    handlers: {
      'message.send': (caller, input) => sendMessage(sending, caller, input),
      'message.edit': (caller, input) => editMessage(writing, caller, input),
      'message.delete': (caller, input) => deleteMessage(writing, caller, input),
      'message.get': (caller, input) => readMessage(reading, caller, input),
      'message.edits': (caller, input) => readEdits(reading, caller, input),
      'room.history': (caller, input) => readHistory(reading, caller, input),
      'message.pin': (caller, input) => pinMessage(writing, caller, input),
      'message.unpin': (caller, input) => unpinMessage(writing, caller, input),
      'room.pins': (caller, input) => readPins(reading, caller, input),
      'message.save': (caller, input) => saveMessage(writing, caller, input),
      'message.unsave': (caller, input) => unsaveMessage(writing, caller, input),
      'saved.list': (caller, input) => readSaved(reading, caller, input),
      'mention.list': (caller, input) => readMentions(reading, caller, input),
    },
  };
}

export { companyOf, peopleIn } from './company.ts';
export { findVisible, forChanging, forMessage, roomOfVisible, visibleTo } from './doors.ts';
export { findFollowed, follow } from './follower-store.ts';
export { readForSending, type Author } from './send-message.ts';
export { beyond, rangeOf } from './rules.ts';
export { findSavedIds } from './saved-store.ts';
export {
  estimateMessages,
  findMessages,
  findMessagesById,
  findWritten,
  type WrittenMessage,
} from './store.ts';
