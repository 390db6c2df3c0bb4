import { expect, test } from 'vitest';
import { parsePlace, pathOf, roomPath, type Place } from './routes.ts';

const parse = (path: string): Place => parsePlace(new URL(path, 'https://chat.example'));

test.each([
  ['/', { name: 'home' }],
  ['/room/12', { name: 'room', roomId: '12', messageId: null }],
  ['/room/12/message/34', { name: 'room', roomId: '12', messageId: '34' }],
  ['/threads', { name: 'threads' }],
  ['/browse', { name: 'browse' }],
  ['/settings', { name: 'page', page: 'settings', section: null }],
  ['/admin/people', { name: 'page', page: 'admin', section: 'people' }],
  ['/join/a%20b', { name: 'join', secret: 'a b' }],
  ['/join', { name: 'join', secret: null }],
  ['/forgot', { name: 'forgot' }],
  ['/reset/xyz', { name: 'reset', token: 'xyz' }],
  ['/unsubscribe/12.xyz', { name: 'unsubscribe', token: '12.xyz' }],
])('%s there and back', (path, route) => {
  const place = parse(path);
  expect(place).toEqual({ route, pane: null });
  expect(pathOf(place)).toBe(path);
});

test.each(['/room/12?thread=9', '/threads?profile=3', '/room/12?details=members'])(
  '%s has a pane',
  (path) => {
    const place = parse(path);
    expect(place.pane).not.toBeNull();
    expect(pathOf(place)).toBe(path);
  },
);

test('what means nothing leads home, and does no harm', () => {
  for (const path of ['/room', '/room/x', '/room/012', '/A', '/%E0%A4%A']) {
    expect(parse(path).route.name).toBe('home');
  }
  expect(parse('/room/1?thread=zero&details=secrets').pane).toBeNull();
  expect(parse('/join/%E0%A4%A').route).toEqual({ name: 'join', secret: '%E0%A4%A' });
});

test('a permalink', () => {
  expect(roomPath('1')).toBe('/room/1');
  expect(roomPath('1', '2')).toBe('/room/1/message/2');
});
