/** All calls. A call without a handler does not compile (server/src/gateway/handlers.ts). */
import type { InputOf, OutputOf } from './define.ts';
import { draftCalls } from './drafts.ts';
import { fileCalls } from './files.ts';
import { healthCalls } from './health.ts';
import { messageCalls } from './messages.ts';
import { presenceCalls } from './presence.ts';
import { previewCalls } from './previews.ts';
import { missedMailCalls } from './missed-mail.ts';
import { pushCalls } from './push.ts';
import { reactionCalls } from './reactions.ts';
import { reminderCalls } from './reminders.ts';
import { roomCalls } from './rooms.ts';
import { scheduledCalls } from './scheduled.ts';
import { searchCalls } from './search.ts';
import { sectionCalls } from './sections.ts';
import { sessionCalls } from './sessions.ts';
import { syncCalls } from './sync.ts';
import { threadCalls } from './threads.ts';
import { unreadCalls } from './unreads.ts';
import { userCalls } from './users.ts';
import { workspaceCalls } from './workspace.ts';

export const calls = {
  ...workspaceCalls,
  ...healthCalls,
  ...sessionCalls,
  ...userCalls,
  ...roomCalls,
  ...messageCalls,
  ...fileCalls,
  ...previewCalls,
  ...reactionCalls,
  ...threadCalls,
  ...unreadCalls,
  ...draftCalls,
  ...scheduledCalls,
  ...reminderCalls,
  ...sectionCalls,
  ...searchCalls,
  ...pushCalls,
  ...missedMailCalls,
  ...presenceCalls,
  ...syncCalls,
};

export type CallName = keyof typeof calls;
/** Worked out once for all calls: types that ask for one by its name stay cheap to check. */
interface Shapes {
  inputs: { [Name in CallName]: InputOf<(typeof calls)[Name]> };
  outputs: { [Name in CallName]: OutputOf<(typeof calls)[Name]> };
}

export type Input<Name extends CallName> = Shapes['inputs'][Name];
export type Output<Name extends CallName> = Shapes['outputs'][Name];

/** Calls that need no sign-in. */
export type PublicCallName = {
  [Name in CallName]: (typeof calls)[Name]['scope'] extends 'none' ? Name : never;
}[CallName];
