import { limits } from '../limits.ts';
import type { Budget } from './budget.ts';

/**
 * An address in running text. `to` leaves out the punctuation that ends a sentence; `full` is where the address ends when it
 * stands between angle brackets.
 */
export type Address = { from: number; to: number; href: string; full: number; fullHref: string };

// Control, bidirectional and invisible characters would let an address look like another one.
const unsafe = String.raw`\s<>"\u0060\u0000-\u0020\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff`;
const unsafeSign = new RegExp(`[${unsafe}]`, 'u');
const addressEnd = new RegExp(`[[\\]${unsafe}]`, 'gu');

/** The address if it is one that a reader may follow: http, https or mailto, without characters that deceive. */
export function safeHref(address: string): string | undefined {
  if (address.length > limits.linkCharsMax || unsafeSign.test(address)) return undefined;
  const known = /^https?:\/\/[\p{L}\p{N}[]/iu.test(address) || /^mailto:[^@]+@[^@]/i.test(address);
  return known ? address : undefined;
}

/** Web and mail addresses in the text, in order, none overlapping. */
export function findAddresses(text: string, budget: Budget): Address[] {
  const found = [...findWeb(text, budget), ...findMail(text, budget)].toSorted((a, b) => a.from - b.from);
  let end = 0;
  return found.filter((address) => {
    if (address.from < end) return false;
    end = address.full;
    return true;
  });
}

function findWeb(text: string, budget: Budget): Address[] {
  const found: Address[] = [];
  let end = 0;
  // a host begins with a letter or digit; asked before the address is read, so that no text is read twice
  for (const start of text.matchAll(/(?:https?:\/\/|www\.)(?=[\p{L}\p{N}])/giu)) {
    budget.steps += 1;
    const from = start.index;
    if (from < end || /[\p{L}\p{N}_]/u.test(text[from - 1] ?? '')) continue;
    addressEnd.lastIndex = from;
    end = addressEnd.exec(text)?.index ?? text.length;
    budget.steps += end - from;
    const prefix = start[0].endsWith('.') ? 'https://' : '';
    const to = endOfSentence(text, from, end);
    const href = safeHref(prefix + text.slice(from, to));
    const fullHref = safeHref(prefix + text.slice(from, end));
    if (href === undefined || fullHref === undefined) continue;
    if (prefix !== '' && !/^www\.[^./]+\.[^.]/i.test(text.slice(from, to))) continue;
    found.push({ from, to, href, full: end, fullHref });
  }
  return found;
}

/** Without the punctuation at the end, and without a closing parenthesis that was opened outside. */
function endOfSentence(text: string, from: number, end: number): number {
  let unopened = 0;
  for (let at = from; at < end; at += 1) {
    if (text[at] === ')') unopened += 1;
    else if (text[at] === '(') unopened -= 1;
  }
  let to = end;
  for (; to > from; to -= 1) {
    const sign = text[to - 1] ?? '';
    if (sign === ')' && unopened > 0) unopened -= 1;
    else if (!/[?!.,:;*_'~|]|(?![ -~])[\p{Po}\p{Pi}\p{Pf}\p{Pe}]/u.test(sign)) break;
  }
  return to;
}

function findMail(text: string, budget: Budget): Address[] {
  const found: Address[] = [];
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    budget.steps += 1;
    const local = localPart(text, at, budget);
    const domain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}(?![\p{L}\p{N}])/iu.exec(
      text.slice(at + 1, at + 256),
    )?.[0];
    if (local === '' || domain === undefined) continue;
    const from = at - local.length;
    const to = at + 1 + domain.length;
    const href = `mailto:${text.slice(from, to)}`;
    found.push({ from, to, href, full: to, fullHref: href });
  }
  return found;
}

function localPart(text: string, at: number, budget: Budget): string {
  let from = at;
  while (from > 0 && at - from <= 64 && /[\w.%+-]/.test(text[from - 1] ?? '')) {
    budget.steps += 1;
    from -= 1;
  }
  const local = text.slice(from, at).replace(/^[^A-Za-z0-9]+/, '');
  return local.length > 64 ? '' : local;
}
