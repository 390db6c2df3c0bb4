import { describe, expect, test } from 'vitest';
import { parseMarkdown } from './parse-markdown.ts';
import type { Inline } from './tokens.ts';

/** The inline tokens of one paragraph, written so that a person can read them. */
function inline(text: string): string {
  const [block] = parseMarkdown(text);
  return block?.kind === 'paragraph' ? block.children.map(write).join('') : JSON.stringify(block);
}

function write(token: Inline): string {
  const inside = 'children' in token ? token.children.map(write).join('') : '';
  switch (token.kind) {
    case 'text':
      return token.text;
    case 'strong':
      return `<b>${inside}</b>`;
    case 'emphasis':
      return `<i>${inside}</i>`;
    case 'strike':
      return `<s>${inside}</s>`;
    case 'code':
      return `<code>${token.text}</code>`;
    case 'link':
      return `<a ${token.href}>${inside}</a>`;
    case 'mention':
      return `<@${token.handle}>`;
    case 'everyone':
      return `<@@${token.who}>`;
    case 'room':
      return `<#${token.name}>`;
    case 'emoji':
      return `<:${token.shortcode}>`;
    case 'break':
      return '<br>';
  }
}

describe('emphasis', () => {
  test.each([
    ['*a* **b** ~~c~~ ~d~', '<i>a</i> <b>b</b> <s>c</s> <s>d</s>'],
    ['_a_ __b__', '<i>a</i> <b>b</b>'],
    ['***a***', '<i><b>a</b></i>'],
    ['***a** b*', '<i><b>a</b> b</i>'],
    ['***a* b**', '<b><i>a</i> b</b>'],
    ['**a *b* c**', '<b>a <i>b</i> c</b>'],
    ['*a **b** c*', '<i>a <b>b</b> c</i>'],
    ['a*b*c', 'a<i>b</i>c'],
    ['**a*', '*<i>a</i>'],
    ['*a**', '<i>a</i>*'],
    ['*a _b* c_', '<i>a _b</i> c_'],
    ['**a __b** c__', '<b>a __b</b> c__'],
    ['*a*b*', '<i>a</i>b*'],
    ['**bold**text', '<b>bold</b>text'],
    ['"*a*", (**b**)', '"<i>a</i>", (<b>b</b>)'],
    ['**한국어**입니다', '<b>한국어</b>입니다'],
  ])('%s', (source, expected) => {
    expect(inline(source)).toBe(expected);
  });

  test.each([
    '2 * 3 * 4',
    'snake_case_name',
    '5*',
    '* a*',
    '~5 to ~10',
    '~~~a~~~ b',
    '**',
    'a ** b ** c',
    '__init',
  ])('nothing in %s', (source) => {
    expect(inline(`x ${source}`)).toBe(`x ${source}`);
  });
});

describe('code', () => {
  test.each([
    ['`a`', '<code>a</code>'],
    ['`` a`b ``', '<code>a`b</code>'],
    ['`*a* @b :c: http://d.e`', '<code>*a* @b :c: http://d.e</code>'],
    ['*a `b* c`', '*a <code>b* c</code>'],
    ['`a', '`a'],
    ['``a`', '``a`'],
    ['\\`a`', '`a`'],
    ['`a\\`', '<code>a\\</code>'],
    ['`  `', '<code>  </code>'],
  ])('%s', (source, expected) => {
    expect(inline(source)).toBe(expected);
  });
});

describe('links', () => {
  test.each([
    ['[a](https://x.org)', '<a https://x.org>a</a>'],
    ['[*a* b](http://x.org "title") c', '<a http://x.org><i>a</i> b</a> c'],
    ['[a](<https://x.org/(>)', '<a https://x.org/(>a</a>'],
    ['[a](https://x.org/a_(b))', '<a https://x.org/a_(b)>a</a>'],
    ['[a](mailto:b@c.org)', '<a mailto:b@c.org>a</a>'],
    ['[](https://x.org)', '<a https://x.org>https://x.org</a>'],
    ['![a cat](https://x.org/cat.png)', '<a https://x.org/cat.png>a cat</a>'],
    ['[![badge](https://x.org/b.svg)](https://x.org)', '<a https://x.org>badge</a>'],
    [
      '[a [b](https://x.org) c](https://y.org)',
      '[a <a https://x.org>b</a> c](<a https://y.org>https://y.org</a>)',
    ],
    ['[ask @bob in #ops, all of @all](https://x.org)', '<a https://x.org>ask @bob in #ops, all of @all</a>'],
    ['[https://x.org](https://y.org)', '<a https://y.org>https://x.org</a>'],
    ['*[a*](https://x.org)', '*<a https://x.org>a*</a>'],
    ['[a] (b) [c]', '[a] (b) [c]'],
    ['[a](/b) [a](../b)', '[a](/b) [a](../b)'],
    ['[a](javascript:alert(1))', '[a](javascript:alert(1))'],
    ['[a](JAVASCRIPT:alert`1`)', '[a](JAVASCRIPT:alert<code>1</code>)'],
    ['[a](data:text/html,b)', '[a](data:text/html,b)'],
    ['[a](https://x.org/\u202Ecod)', '[a](<a https://x.org/>https://x.org/</a>\u202Ecod)'],
    ['[a](https://x.org', '[a](<a https://x.org>https://x.org</a>'],
  ])('%s', (source, expected) => {
    expect(inline(source)).toBe(expected);
  });
});

describe('addresses in text', () => {
  test.each([
    ['see https://x.org/a?b=c#d.', 'see <a https://x.org/a?b=c#d>https://x.org/a?b=c#d</a>.'],
    ['(https://x.org/a)', '(<a https://x.org/a>https://x.org/a</a>)'],
    ['https://x.org/a_(b)!', '<a https://x.org/a_(b)>https://x.org/a_(b)</a>!'],
    ['**https://x.org**', '<b><a https://x.org>https://x.org</a></b>'],
    ['www.x.org', '<a https://www.x.org>www.x.org</a>'],
    ['<https://x.org/a.>', '<a https://x.org/a.>https://x.org/a.</a>'],
    ['HTTP://localhost:80/', '<a HTTP://localhost:80/>HTTP://localhost:80/</a>'],
    ['https://пример.рф/путь，好', '<a https://пример.рф/путь，好>https://пример.рф/путь，好</a>'],
    ['mail bob.b@mail.x.org.', 'mail <a mailto:bob.b@mail.x.org>bob.b@mail.x.org</a>.'],
    ['<bob@x.org>', '<a mailto:bob@x.org>bob@x.org</a>'],
    ['https://', 'https://'],
    ['xhttps://x.org', 'xhttps://x.org'],
    ['www.x', 'www.x'],
    ['ftp://x.org', 'ftp://x.org'],
    ['a@b', 'a@b'],
  ])('%s', (source, expected) => {
    expect(inline(source)).toBe(expected);
  });
});

describe('mentions, rooms and emoji', () => {
  test.each([
    ['@alice', '<@alice>'],
    ['hi @Alice.B-c_2, (@bob)!', 'hi <@Alice.B-c_2>, (<@bob>)!'],
    ['@all @HERE @hereby', '<@@all> <@@here> <@hereby>'],
    ['*@alice*', '<i><@alice></i>'],
    ['@alice.', '<@alice>.'],
    ['@josé @' + 'a'.repeat(33), '@josé @' + 'a'.repeat(33)],
    ['me@x a.@b', 'me@x a.<@b>'],
    ['#ops #équipe-2. #1', '<#ops> <#équipe-2>. <#1>'],
    ['a#b &#39; C# # x', 'a#b &#39; C# # x'],
    [':tada: :+1::wave:', '<:tada> <:+1><:wave>'],
    ['10:30:45 a:b: std::vector::x', '10:30:45 a:b: std::vector::x'],
    [':not an emoji: ::', ':not an emoji: ::'],
    ['\\@alice \\:tada: \\#ops', '@alice :tada: #ops'],
  ])('%s', (source, expected) => {
    expect(inline(source)).toBe(expected);
  });
});

test('a backslash takes the meaning from a sign, and stays elsewhere', () => {
  expect(inline('\\*a\\* C:\\dir \\\\ a\\\nb')).toBe('*a* C:\\dir \\ a<br>b');
});

test('control and bidirectional characters are text', () => {
  const odd = 'a\u0000b \u202Ec\u202C \u2066d\u2069 \u200Be\uFEFF \uD800 f';
  expect(inline(odd)).toBe(odd);
});
