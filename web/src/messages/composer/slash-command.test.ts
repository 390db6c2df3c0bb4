import { expect, test } from 'vitest';
import { parseSlashCommand, parseStatus } from './slash-command.ts';

test('commands and what follows', () => {
  expect(parseSlashCommand('/topic  New plans ')).toEqual({ name: 'topic', rest: 'New plans' });
  expect(parseSlashCommand('/leave')).toEqual({ name: 'leave', rest: '' });
  expect(parseSlashCommand('/dance now')).toEqual({ name: 'unknown', word: 'dance' });
});

test.each(['hello', ' /topic x', '/etc/passwd', '/', '//', 'a /leave', '/Leave'])('%s is a message', (text) =>
  expect(parseSlashCommand(text)).toBeNull(),
);

test('a status with or without an emoji', () => {
  expect(parseStatus(':palm_tree: Away')).toEqual({ emoji: ':palm_tree:', text: 'Away' });
  expect(parseStatus('🌴 Away')).toEqual({ emoji: '🌴', text: 'Away' });
  expect(parseStatus('Away')).toEqual({ emoji: null, text: 'Away' });
  expect(parseStatus('')).toEqual({ emoji: null, text: '' });
});
