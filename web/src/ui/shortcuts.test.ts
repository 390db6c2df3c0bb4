import { describe, expect, test } from 'vitest';
import { matchesKeys, namesOfKeys } from './shortcuts.ts';

type Press = Parameters<typeof matchesKeys>[1];
const press = (key: string, held: Partial<Press> = {}): Press => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('keys match', () => {
  test('Mod is Command on Apple machines, Ctrl elsewhere, and nothing else may be held', () => {
    expect(matchesKeys('Mod+K', press('k', { ctrlKey: true }), false)).toBe(true);
    expect(matchesKeys('Mod+K', press('k', { ctrlKey: true }), true)).toBe(false);
    expect(matchesKeys('Mod+K', press('k', { metaKey: true }), true)).toBe(true);
    expect(matchesKeys('Mod+K', press('K', { ctrlKey: true, shiftKey: true }), false)).toBe(false);
    expect(matchesKeys('Mod+Shift+K', press('K', { ctrlKey: true, shiftKey: true }), false)).toBe(true);
    expect(matchesKeys('Mod+K', press('k'), false)).toBe(false);
  });

  test('Alt with a letter goes by the place of the key', () => {
    expect(matchesKeys('Alt+M', press('µ', { altKey: true, code: 'KeyM' }), true)).toBe(true);
    expect(matchesKeys('Alt+ArrowUp', press('ArrowUp', { altKey: true, code: 'ArrowUp' }), false)).toBe(true);
  });

  test('signs match with or without Shift, letters do not', () => {
    expect(matchesKeys('+', press('+', { shiftKey: true }), false)).toBe(true);
    expect(matchesKeys('+', press('+'), false)).toBe(true);
    expect(matchesKeys('Mod+/', press('/', { ctrlKey: true }), false)).toBe(true);
    expect(matchesKeys('r', press('R', { shiftKey: true }), false)).toBe(false);
    expect(matchesKeys('Escape', press('Escape', { shiftKey: true }), false)).toBe(false);
    expect(matchesKeys('Shift+Escape', press('Escape', { shiftKey: true }), false)).toBe(true);
  });
});

test('keys are named as they are printed', () => {
  const names = (keys: string, apple: boolean): string[] => namesOfKeys(keys, { apple, printed: {} });
  expect(names('Mod+Shift+k', true)).toEqual(['⌘', '⇧', 'K']);
  expect(names('Mod+Shift+k', false)).toEqual(['Ctrl', 'Shift', 'K']);
  expect(names('Alt+ArrowUp', false)).toEqual(['Alt', '↑']);
  expect(names('+', false)).toEqual(['+']);
  expect(names('Mod++', false)).toEqual(['Ctrl', '+']);
  const printed = { Ctrl: 'Strg', Shift: 'Umschalt' };
  expect(namesOfKeys('Mod+Shift+k', { apple: false, printed })).toEqual(['Strg', 'Umschalt', 'K']);
  expect(namesOfKeys('Mod+Shift+k', { apple: true, printed })).toEqual(['⌘', '⇧', 'K']);
});
