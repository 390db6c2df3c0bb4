import { parseBlocks } from './blocks.ts';
import { newBudget, type Budget } from './budget.ts';
import type { Block } from './tokens.ts';

/**
 * Reads a message's Markdown. Never throws; takes time in proportion to the text whatever it holds. Past the limits on
 * tokens and depth the rest is plain text; nothing that was written gets lost except the marks themselves.
 *
 * The grammar is CommonMark with GitHub's tables, tasks, strikes and autolinks, less what surprises people in a chat: each line
 * end is a line break, HTML is text, and there are no indented code blocks, underlined headings, link definitions or
 * entities; a quote or list ends with its last marked or indented line.
 */
export function parseMarkdown(text: string): Block[] {
  return parseWithin(newBudget(), text);
}

export function parseWithin(budget: Budget, text: string): Block[] {
  return parseBlocks(text.replaceAll(/\r\n?/g, '\n').split('\n'), 0, budget);
}
