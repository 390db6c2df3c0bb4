import { describe, expect, it } from 'vitest';
import { cutReply } from './cut-reply.ts';

const address = 'chat@example.org';

describe('what is cut off an answer', () => {
  it.each([
    [
      'Gmail',
      `Yes, *tomorrow*.\n\nOn Tue, Nov 24, 2026 at 1:02 PM Confab <${address}> wrote:\n\n> == #team ==\n> ann\n`,
    ],
    [
      'a broken attribution',
      `Yes, *tomorrow*.\n\nOn Tue, Nov 24, 2026 at 1:02 PM Confab\n<${address}>\nwrote:\n> == #team ==\n`,
    ],
    [
      'Thunderbird in German',
      `Yes, *tomorrow*.\n\nAm 24.11.26 um 13:02 schrieb Confab:\n> Während du\n>\n> > alt\n\n-- \nBob\nTel. 1`,
    ],
    ['Japanese', `Yes, *tomorrow*.\n\n2026年11月24日(火) 13:02 Confab <${address}>のメール:\n> 新着\n`],
    [
      'Outlook',
      `Yes, *tomorrow*.\r\n\r\n________________________________\r\nFrom: Confab <${address}>\r\nSent: Tuesday\r\nTo: Bob\r\n\r\n== #team ==`,
    ],
    [
      'Outlook without a line',
      `Yes, *tomorrow*.\n\nVon: Confab <${address}>\nGesendet: Dienstag\nAn: Bob\n\nWährend`,
    ],
    ['Outlook of old', 'Yes, *tomorrow*.\n\n-----Original Message-----\nwhatever'],
    [
      'a phone',
      `Yes, *tomorrow*.\n\nSent from my iPhone\n\n> On 24. Nov 2026, at 13:02, Confab <${address}> wrote:\n> \n> text`,
    ],
    ['a phone below', 'Yes, *tomorrow*.\n\nVon meinem iPhone gesendet\n'],
    ['a signature', 'Yes, *tomorrow*.\n-- \nBob\nDirector of Much\n'],
    ['nothing', '\n\nYes, *tomorrow*.   \n\n'],
  ])('by %s', (_, text) => expect(cutReply(text)).toBe('Yes, *tomorrow*.'));

  it.each([
    ['quotations between lines of one’s own', '> when?\n\ntomorrow\n\n> where?\n\nhere'],
    ['a list with dashes', '- one\n- two\n\n---\nthree'],
    ['a sentence that looks like an attribution', 'On Monday Ann wrote: all is well.\nI agree'],
    ['a line that begins like a header', 'From: the beginning\nwe knew it'],
    ['code', '```\n    if (x) {\n    }\n```'],
  ])('is not %s', (_, text) => expect(cutReply(text)).toBe(text));

  it.each([
    '',
    '\n \n',
    '> only\n> quoted',
    '-- \nBob',
    `On Tue, Nov 24, 2026 Confab <${address}> wrote:\n> x`,
  ])('leaves nothing of %j', (text) => expect(cutReply(text)).toBe(''));

  it('takes bounded time for what is made to take long', () => {
    const mean = [
      'On ' + 'wrote '.repeat(150_000),
      'On a wrote\n'.repeat(50_000),
      '>'.repeat(900_000),
      '> x\n'.repeat(200_000),
      'のメール'.repeat(100_000),
      ' '.repeat(900_000) + 'x',
      'From: x\n'.repeat(100_000),
      '-'.repeat(900_000),
    ];
    for (const text of mean) expect(typeof cutReply(text)).toBe('string');
  });
});
