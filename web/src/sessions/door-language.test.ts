import { expect, test } from 'vitest';
import { createMemory } from '../platform/index.ts';
import { rememberDoorLanguage, takeDoorLanguage } from './door-language.ts';

test('a language chosen at the door is taken along once', () => {
  const kept = new Map<string, string>();
  const memory = createMemory({
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
    removeItem: (name: string) => void kept.delete(name),
  } as Storage);
  expect(takeDoorLanguage(memory)).toBeNull();
  rememberDoorLanguage(memory, 'ja');
  rememberDoorLanguage(memory, 'de');
  expect(takeDoorLanguage(memory)).toBe('de');
  expect(takeDoorLanguage(memory)).toBeNull();
});
