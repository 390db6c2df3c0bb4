/**
 * The workspace: its name, who may come in by themselves, its own emoji, its statistics. Owns workspace, custom_emoji,
 * daily_messages, daily_people. Promises that an emoji's name means one picture.
 * Refuses to know who is let in and how (sessions/, accounts/).
 */
import { protocolLevels } from '@confab/protocol';
import { createEmojiTable, type EmojiTable } from '@confab/protocol/emoji';
import { emojiLines } from '@confab/protocol/emoji/data';
import type { EventLog } from '../delivery/index.ts';
import type { Handlers } from '../kit/handlers.ts';
import type { Chore } from '../platform/chore.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Images } from '../platform/images/index.ts';
import type { Log } from '../platform/log/index.ts';
import type { Database } from '../platform/postgres/index.ts';
import { change } from './change-workspace.ts';
import { addEmoji, removeEmoji } from './emoji.ts';
import { createImageCleaning } from './image-cleaning.ts';
import { createStatisticsReader } from './statistics-reader.ts';
import { readStatistics } from './statistics.ts';
import { findCustomEmoji, findWorkspace, isSetUp } from './store.ts';

export interface WorkspaceDeps {
  /** Whether people wait: then the reader of the streams does. */
  readonly givesWay?: () => boolean;
  readonly database: Database;
  readonly log: EventLog;
  readonly clock: Clock;
  readonly images: Images;
  readonly logbook: Log;
  /** The program's, as people read it. */
  readonly version: string;
  /** Whether password links and invitations can go by mail. */
  readonly sendsMail: boolean;
}

export type WorkspaceHandlers = Handlers<
  | 'workspace.about'
  | 'workspace.change'
  | 'workspace.statistics'
  | 'emoji.list'
  | 'emoji.add'
  | 'emoji.remove'
>;

export function createWorkspace(deps: WorkspaceDeps): {
  handlers: WorkspaceHandlers;
  /** They run until they are closed. */
  chores: readonly Chore[];
  /** Something was committed: statistics come sooner. */
  committed: () => void;
} {
  const { database, version } = deps;
  let table: EmojiTable | null = null;
  const standardEmoji = (): EmojiTable => (table ??= createEmojiTable(emojiLines));
  const statistics = createStatisticsReader(deps);
  return {
    chores: [statistics, createImageCleaning(deps)],
    committed: statistics.wake,
    handlers: {
      'workspace.about': async () => {
        const { name, signUpDomains } = await findWorkspace(database);
        const openSignUp = signUpDomains.length > 0;
        const setUp = await isSetUp(database);
        return { name, setUp, openSignUp, mail: deps.sendsMail, version, levels: [...protocolLevels] };
      },
      'workspace.change': (caller, input) => change(deps, caller, input),
      'workspace.statistics': (caller, input) => readStatistics(deps, caller, input),
      'emoji.list': async () => ({ emoji: await findCustomEmoji(database) }),
      'emoji.add': (caller, input) => addEmoji({ ...deps, standardEmoji }, caller, input),
      'emoji.remove': (caller, input) => removeEmoji(deps, caller, input),
    },
  };
}

export { beginWorkspace, findCustomEmoji, findEmojiNamed, findWorkspace, isSetUp } from './store.ts';
