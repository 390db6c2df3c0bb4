import type { Words } from '../en/index.ts';
import { admin } from './admin.ts';
import { app } from './app.ts';
import { composer } from './composer.ts';
import { files } from './files.ts';
import { invitations } from './invitations.ts';
import { lists } from './lists.ts';
import { messages } from './messages.ts';
import { notices } from './notices.ts';
import { people } from './people.ts';
import { previews } from './previews.ts';
import { refusals } from './refusals.ts';
import { rooms } from './rooms.ts';
import { search } from './search.ts';
import { sessions } from './sessions.ts';
import { settings } from './settings.ts';
import { sidebar } from './sidebar.ts';
import { switcher } from './switcher.ts';
import { threads } from './threads.ts';
import { ui } from './ui.ts';

export const de: Words = {
  admin,
  app,
  composer,
  files,
  invitations,
  lists,
  messages,
  notices,
  people,
  previews,
  refusals,
  rooms,
  search,
  sessions,
  settings,
  sidebar,
  switcher,
  threads,
  ui,
};
