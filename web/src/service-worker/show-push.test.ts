import type { PushPayload } from '@confab/protocol';
import { expect, test } from 'vitest';
import { showPush, type PushScope } from './show-push.ts';

const content = { room: '#team', author: 'Ann', text: 'hello', isPair: false, isInThread: false };
const payload: PushPayload = {
  kind: 'mention',
  isTest: false,
  tag: 'room-1',
  path: '/room/1/message/2',
  at: 7,
  language: 'de',
  content,
};

interface Shown {
  title: string;
  options: NotificationOptions & { renotify?: boolean };
}

function worker({ focused = false, there = [] as unknown[] } = {}) {
  const shown: Shown[] = [];
  const scope: PushScope = {
    clients: { matchAll: () => Promise.resolve([{ visibilityState: 'visible', focused }]) },
    registration: {
      getNotifications: () => Promise.resolve(there.map((data) => ({ data }))),
      showNotification: (title, options) => Promise.resolve(void shown.push({ title, options })),
    },
    navigator: { languages: ['ja-JP', 'en'] },
  };
  return { scope, shown };
}

async function shownFor(
  said: unknown,
  options: Parameters<typeof worker>[0] = {},
): Promise<Shown | undefined> {
  const { scope, shown } = worker(options);
  await showPush(scope, { json: () => said });
  return shown[0];
}

test.each<[string, Partial<PushPayload>, string, string]>([
  ['a mention', {}, '#team', 'Ann: hello'],
  ['a file', { content: { ...content, text: '' } }, '#team', 'Ann: Eine Datei'],
  ['a pair', { kind: 'direct', content: { ...content, isPair: true } }, 'Ann', 'hello'],
  ['a thread', { content: { ...content, isInThread: true } }, 'Thread in #team', 'Ann: hello'],
  ['an invitation', { kind: 'invitation' }, 'Du wurdest zu #team hinzugefügt', ''],
  ['a reminder', { kind: 'reminder' }, 'Erinnerung', 'hello'],
  ['nothing of the content', { content: null }, 'Confab', 'Es gibt etwas Neues für dich'],
  ['the browser’s language', { language: '', content: null }, 'Confab', '新着があります'],
  [
    'a test',
    { isTest: true, kind: 'thread' },
    'Das ist ein Test',
    'Eine Antwort in einem Thread, dem du folgst',
  ],
])('%s reads well', async (_, said, title, body) => {
  expect(await shownFor({ ...payload, ...said })).toMatchObject({ title, options: { body, tag: 'room-1' } });
});

test('what somebody looks at is told by the page, but a test is shown', async () => {
  expect(await shownFor(payload, { focused: true })).toBeUndefined();
  expect(await shownFor({ ...payload, isTest: true }, { focused: true })).toBeDefined();
});

test('what was told already does not sound again', async () => {
  const { path, at } = payload;
  expect(await shownFor(payload, { there: [{ path, at }] })).toMatchObject({
    options: { renotify: false, silent: true },
  });
  expect(await shownFor(payload, { there: [{ path, at: 1 }, null] })).toMatchObject({
    options: { renotify: true },
  });
});

test.each([
  null,
  7,
  'text',
  {},
  { ...payload, path: '//evil.example.org' },
  { ...payload, path: 'https://a' },
])('%j says only that there is something, and opens the page', async (said) => {
  expect(await shownFor(said)).toMatchObject({
    options: { body: '新着があります', data: { path: '/' } },
  });
});

test('so does what cannot be read', async () => {
  const { scope, shown } = worker();
  await showPush(scope, {
    json() {
      throw new SyntaxError('no JSON');
    },
  });
  await showPush(scope, null);
  expect(shown).toHaveLength(2);
});
