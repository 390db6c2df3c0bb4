import type { Page } from 'playwright-core';
import { dialogs, room, screens, visit } from '../browser/screens.ts';
import { composer, goTo } from '../browser/talking.ts';
import type { Person, Workplace } from '../browser/workplace.ts';
import { cards } from './card-scenes.ts';
import { files } from './file-scenes.ts';
import { push } from './push-scenes.ts';
import { as, type Scene, type Shot } from './scene.ts';
import { fillLargeWorkspace } from '../web-speed/large-workspace.ts';

export const visitor: Scene['open'] = (place, options) => place.visitor(options);

const section = (page: string, name: string): Shot => ({
  name: `${page} ${name}`,
  go: visit(`/${page}/${name}`, 'main h2, main h1, .ui-empty'),
});

const settings = ['profile', 'appearance', 'notifications', 'security', 'tokens'];
const administration = ['people', 'invitations', 'rooms', 'emoji', 'workspace', 'statistics', 'health'];

const offline: Shot = {
  name: 'offline',
  async go(page) {
    await room(page);
    await page.context().setOffline(true);
    await page.locator('.offline__bar').waitFor();
    // Enter begins a new line on a phone.
    await composer(page).fill('Written on the train, sent when there is a network');
    await page.locator('.room-timeline .composer__send').click();
  },
  leave: (page) => page.context().setOffline(false),
};

const loading: Shot = {
  name: 'loading',
  async go(page) {
    const hold = new Promise<void>((resolve) => page.once('close', () => resolve()));
    // Answers that never come.
    await page.routeWebSocket(/\/api\/v1\/socket/, () => {});
    await page.route(/\/api\/v1\/(?!socket)/, () => hold);
    await page.reload();
    await page.locator('.sidebar, .door, .main-frame').first().waitFor();
  },
  async leave(page) {
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.goto('/browse');
  },
};

const demo: Scene = {
  name: 'demo',
  world: 'demo',
  open: as('Ada'),
  shots: [
    ...screens,
    ...settings.map((name) => section('settings', name)),
    ...administration.map((name) => section('admin', name)),
    { name: 'back in a room', go: room },
    ...dialogs.map((shot) => ({ ...shot, isEnglish: !/switcher|shortcuts/.test(shot.name) })),
    offline,
    loading,
  ],
};

const member: Scene = {
  name: 'member',
  world: 'demo',
  open: as('Finn'),
  shots: [section('admin', 'people'), section('settings', 'appearance')],
};

const door: Scene = {
  name: 'door',
  world: 'demo',
  open: visitor,
  shots: [
    { name: 'sign in', go: visit('/', '.door input') },
    {
      name: 'refused',
      async go(page) {
        await page.locator('input[type=email]').fill('somebody@example.org');
        await page.locator('input[type=password]').fill('not the password');
        await page.locator('button[type=submit]').click();
        await page.locator('[role=alert]').first().waitFor();
      },
    },
    { name: 'an invitation that is gone', go: visit('/join/abcdefghijkl', '.door') },
    { name: 'a forgotten password', go: visit('/forgot', '.door input') },
    { name: 'a reset that is gone', go: visit('/reset/abcdefghijkl', '.door') },
  ],
};

const firstRun: Scene = {
  name: 'first-run',
  world: 'new',
  open: visitor,
  shots: [{ name: 'set up', go: visit('/', '.door input') }],
};

const empty: Scene = {
  name: 'empty',
  world: 'bare',
  open: as('Nora'),
  shots: [
    ...['unreads', 'threads', 'mentions', 'drafts', 'saved'].map((name) => ({
      name,
      go: visit(`/${name}`, '.ui-empty'),
    })),
    {
      name: 'a room',
      async go(page: Page) {
        await page.goto('/browse');
        await goTo(page, 'general');
        await page.locator('.welcome, .room-timeline').first().waitFor();
      },
    },
  ],
};

const longName = 'Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh de la Vega y Montgomery';
const longRoom = 'a-room-with-a-name-that-goes-on-and-on-until-nobody-reads-it';

async function makeLarge(place: Workplace): Promise<void> {
  const max: Person = await place.person('Max');
  const { users } = await max.call('user.list', { search: 'max' });
  await max.call('user.changeProfile', { name: longName.slice(0, 80), title: longName.slice(0, 80) });
  const { room: made } = await max.call('room.create', {
    clientId: 'a-long-room',
    kind: 'public',
    name: longRoom,
    topic: `${longName} ${longName}`,
  });
  const text = `Without${'spaces'.repeat(40)} and https://example.org/${'path/'.repeat(40)}\n\n| a | b |\n|-|-|\n| ${'wide '.repeat(30)} | ${'cells '.repeat(30)} |`;
  await max.call('message.send', { roomId: made.room.id, clientId: 'a-long-message', text });
  await fillLargeWorkspace(place.database, { userId: users[0]?.id ?? '', rooms: 200, messages: 2_000 });
  await max.page.context().close();
}

const large: Scene = {
  name: 'large',
  world: 'bare',
  prepare: makeLarge,
  open: as('Max'),
  shots: [
    {
      name: 'long names',
      async go(page) {
        await page.goto('/browse');
        await goTo(page, longRoom);
        await page.locator('.room-timeline .message').first().waitFor();
      },
    },
    { name: '200 rooms', go: visit('/browse', '.browse__row') },
  ],
};

const searchField = '.search-page input';
const searchPath = (query: string): string => `/search/${encodeURIComponent(query)}`;

const search: Scene = {
  name: 'search',
  world: 'demo',
  prepare: readAll,
  open: as('Ada'),
  shots: [
    { name: 'nothing asked', go: visit('/search', searchField) },
    { name: 'results', go: visit(searchPath('the'), '.search-result') },
    { name: 'nothing found', go: visit(searchPath('unheardof'), '.ui-empty') },
    { name: 'a person nobody knows', go: visit(searchPath('bike from:nobody'), '.search-problems') },
    {
      name: 'suggestions',
      async go(page) {
        await page.goto('/search');
        await page.locator(searchField).fill('bike fr');
        await page.getByRole('option').first().waitFor();
      },
    },
  ],
};

/** Waits until the reader of the streams has come to the end of what the demo says. */
async function readAll(place: Workplace): Promise<void> {
  const ada = await place.person('Ada');
  for (let found = 0; found < 5;) {
    found = (await ada.call('search.messages', { query: 'the' })).results.length;
  }
  await ada.page.context().close();
}

export const scenes: readonly Scene[] = [
  demo,
  member,
  door,
  firstRun,
  empty,
  large,
  search,
  files,
  cards,
  push,
];
