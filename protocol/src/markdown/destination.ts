import { limits } from '../limits.ts';
import { safeHref } from './addresses.ts';
import type { Budget } from './budget.ts';

/** Open parentheses inside an address, as in the reference implementation of CommonMark; it keeps failing searches short. */
const parenthesesMax = 32;

/**
 * The address after `](`, an optional title (dropped), and the index after the closing parenthesis. undefined when it is not
 * one, or when its scheme is none of http, https and mailto.
 */
export function readDestination(
  text: string,
  from: number,
  budget: Budget,
): { href: string; to: number } | undefined {
  const start = skipSpace(text, from);
  const angled = text[start] === '<';
  const end = angled ? endOfAngled(text, start + 1, budget) : endOfBare(text, start, budget);
  if (end === undefined) return undefined;
  const href = safeHref(text.slice(angled ? start + 1 : start, end).replaceAll(/\\([!-/:-@[-`{-~])/g, '$1'));
  const to = endOfTitle(text, skipSpace(text, angled ? end + 1 : end), budget);
  return href === undefined || to === undefined ? undefined : { href, to };
}

function endOfAngled(text: string, from: number, budget: Budget): number | undefined {
  for (let at = from; at < text.length && at - from <= limits.linkCharsMax; at += 1) {
    budget.steps += 1;
    const sign = text[at];
    if (sign === '>') return at;
    if (sign === '<' || sign === '\n') return undefined;
  }
  return undefined;
}

function endOfBare(text: string, from: number, budget: Budget): number | undefined {
  let open = 0;
  for (let at = from; at < text.length && at - from <= limits.linkCharsMax; at += 1) {
    budget.steps += 1;
    const sign = text[at] ?? '';
    if (sign === '\\') at += 1;
    else if (sign === '(') open += 1;
    else if (sign === ')' && open === 0) return at;
    else if (sign === ')') open -= 1;
    else if (sign <= ' ') return open === 0 ? at : undefined;
    if (open > parenthesesMax) return undefined;
  }
  return undefined;
}

function endOfTitle(text: string, from: number, budget: Budget): number | undefined {
  const quote = text[from];
  if (quote === ')') return from + 1;
  if (quote !== '"' && quote !== "'") return undefined;
  let at = from + 1;
  while (at < text.length && text[at] !== quote) {
    budget.steps += 1;
    at += text[at] === '\\' ? 2 : 1;
  }
  const end = skipSpace(text, at + 1);
  return text[end] === ')' ? end + 1 : undefined;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at += 1;
  return at;
}
