import { expect, it } from 'vitest';
import type { Memory } from '../platform/index.ts';
import { createLanguage } from './language.ts';

function memory(kept: Map<string, unknown>): Memory {
  return {
    read: (name, check) => {
      const value = kept.get(name);
      return check(value) ? value : null;
    },
    write: (name, value) => void kept.set(name, value),
  };
}

function create(preferred: string[], kept = new Map<string, unknown>()) {
  const root = { lang: 'en', dir: 'ltr' };
  return {
    root,
    kept,
    language: createLanguage({ memory: memory(kept), root: root as HTMLElement, preferred }),
  };
}

it("speaks the first of the browser's languages that it knows, in the browser's region", async () => {
  const { language, root } = create(['fr-FR', 'de-CH', 'en']);
  expect(language.words.value.ui.close).toBe('Close');
  await language.ready;
  expect(language.words.value.ui.close).toBe('Schließen');
  expect(language.locale.value).toBe('de-CH');
  expect(root.lang).toBe('de');
});

it('speaks what was chosen, and remembers it', async () => {
  const { language, kept } = create(['en-GB']);
  await language.choose('ja');
  expect(language.words.value.ui.close).toBe('閉じる');
  expect(language.locale.value).toBe('ja');
  const next = create(['en-GB'], kept);
  await next.language.ready;
  expect(next.language.words.value.ui.close).toBe('閉じる');
  await next.language.choose('');
  expect(next.language.locale.value).toBe('en-GB');
});

it('of two choices the last one holds, and what it does not know is English', async () => {
  const { language } = create(['en']);
  await Promise.all([language.choose('ja'), language.choose('de')]);
  expect(language.words.value.ui.close).toBe('Schließen');
  await language.choose('tlh');
  expect(language.words.value.ui.close).toBe('Close');
});

it('mirrors the page for the language that is none', async () => {
  const { language, root } = create(['en']);
  await language.choose('qps');
  expect(root.dir).toBe('rtl');
  expect(language.words.value.ui.close).toMatch(/^Çļôšé~+$/);
});
