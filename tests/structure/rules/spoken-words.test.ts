import { describe, expect, test } from 'vitest';
import { report, treeOf } from '../tree.ts';
import { spokenWords } from './spoken-words.ts';

const said = (text: string, path = 'web/src/rooms/a.tsx'): string =>
  report(spokenWords(treeOf({ [path]: text })));

describe('words for people', () => {
  test.each([
    ['text', '<p>Hello</p>'],
    ['text after a value', '<p>{name} said so</p>'],
    ['a choice', "<p>{on ? words.on : 'Off'}</p>"],
    ['a fallback', "<p>{name ?? 'Nobody'}</p>"],
    ['a template', '<p>{`${count} people`}</p>'],
    ['a name', '<button aria-label="Close" />'],
    ['a computed name', "<A label={on ? 'Turn off' : words.on} />"],
    ['a tooltip', '<A data-tooltip={`Reply to ${name}`} />'],
    ['a list of choices', "[{ value: '1', label: 'One day' }]"],
    ['a toast', "toasts.show({ text: 'Saved', tone: 'positive' })"],
    ['an announcement', 'ui.announcer.say(`${count} results`)'],
    ['another alphabet', '<p>設定</p>'],
  ])('%s is found', (_, code) => {
    expect(said(`const a = ${code};`)).toMatch(/^web\/src\/rooms\/a\.tsx:1 says "/);
  });

  test('each is found once', () => {
    expect(said('const a = <p title="One"><b>Two</b></p>;').split('\n')).toHaveLength(2);
  });

  test.each([
    ['what comes from the words', '<A label={words.close}>{words.title}</A>'],
    ['what is not read', '<A class="big" href="/settings" value="on" keys="Mod+K" />'],
    ['signs and numbers', '<A label="…">· 24:00 – {count}+</A>'],
    ['an example of what to type', '<A placeholder="example.org" hint="party_parrot" />'],
    ['our name', "<A title={about?.name ?? 'Confab'} />"],
    ['a key of an object', "<p>{words[on ? 'on' : 'off']}</p>"],
    ['a word that is a key', "{ title: 'name', label: 'keyword' }"],
    ['a type', "{} as { label: 'One' }"],
  ])('%s is fine', (_, code) => {
    expect(said(`const a = ${code};`)).toBe('');
  });

  test('languages, the gallery and tests may say what they like', () => {
    const text = 'const a = <p>Hello</p>;';
    for (const path of ['language/en/a.tsx', 'gallery/a.tsx', 'rooms/a.test.tsx']) {
      expect(said(text, `web/src/${path}`)).toBe('');
    }
    expect(said(text, 'server/src/a.tsx')).toBe('');
  });
});
