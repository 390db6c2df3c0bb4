/**
 * Draws the tokens of `@confab/protocol/markdown`: text into elements, never into HTML strings.
 * Promises: shows every character that was written; links lead only where the parser allows; code gets its colours late and without a jump.
 * Refuses to know: who is mentioned, which rooms and emoji there are. That comes through `MarkdownContext`.
 */
export { CodeBlock } from './code-block.tsx';
export { createHighlighter, type Highlighter } from './highlighter.ts';
export { countOfLoneEmoji } from './lone-emoji.ts';
export { MarkdownContext, type MarkdownSurroundings } from './markdown-context.ts';
export { Markdown } from './markdown.tsx';
