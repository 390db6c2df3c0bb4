/**
 * Markdown, read the same way by server and browser: text in, plain JSON tokens out.
 * Promises: pure, never throws, time in proportion to the text, size and depth bounded (see limits).
 * Refuses to know: HTML, who is mentioned, which rooms and emoji there are.
 */
export { safeHref } from './addresses.ts';
export { parseMarkdown } from './parse-markdown.ts';
export { toPlainText } from './plain-text.ts';
export { extractReferences, type References } from './references.ts';
export type { Align, Block, Inline, ListItem } from './tokens.ts';
export { visitInlines } from './visit.ts';
