import type { CallName } from '@confab/protocol';
import type { Cases } from './case.ts';
import { accountCases } from './cases/accounts.ts';
import { fileCases } from './cases/files.ts';
import { messageCases } from './cases/messages.ts';
import { ownCases } from './cases/own.ts';
import { pushCases } from './cases/push.ts';
import { previewCases } from './cases/previews.ts';
import { reminderCases } from './cases/reminders.ts';
import { roomCases } from './cases/rooms.ts';
import { sectionCases } from './cases/sections.ts';
import { sessionCases } from './cases/sessions.ts';
import { scheduledCases } from './cases/scheduled.ts';
import { threadCases } from './cases/threads.ts';

/** All commands are here; a test says so. */
export const cases: Readonly<Partial<Record<CallName, Cases>>> = {
  ...roomCases,
  ...messageCases,
  ...fileCases,
  ...threadCases,
  ...ownCases,
  ...scheduledCases,
  ...reminderCases,
  ...previewCases,
  ...pushCases,
  ...sectionCases,
  ...accountCases,
  ...sessionCases,
};
