import type { CodePiece, CodeReader } from './highlight.ts';
import { languageOf, languages } from './languages.ts';

export type Highlighter = {
  /** What was read before, at once; undefined when it was not. */
  known: (code: string, language: string) => readonly CodePiece[] | undefined;
  /** Loads what it needs, once. Answers null for languages it does not know and for code too long; rejects when loading fails. */
  read: (code: string, language: string) => Promise<readonly CodePiece[] | null>;
};

/** Longer code stays as it is: colouring it would hold up the page. */
const codeCharsMax = 12_000;
/** Blocks remembered, so that scrolling back does not colour anew. */
const knownMax = 200;

/** Colours for code, loaded when the first block is shown. One for the page. */
export function createHighlighter(): Highlighter {
  const known = new Map<string, readonly CodePiece[]>();
  let loading: Promise<CodeReader> | null = null;
  const keyOf = (code: string, language: string): string => `${language}\n${code}`;

  async function loadReader(): Promise<CodeReader> {
    const { createCodeReader } = await import('./highlight.ts');
    return createCodeReader();
  }

  async function read(code: string, name: string): Promise<readonly CodePiece[] | null> {
    const language = languageOf(name);
    const load = language === undefined ? undefined : languages[language];
    if (language === undefined || load === undefined || code.length > codeCharsMax) return null;
    loading ??= loadReader().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    const [reader, definition] = await Promise.all([loading, load()]);
    if (!reader.has(language)) reader.add(language, definition.default);
    const pieces = reader.read(code, language);
    const oldest = known.keys().next().value;
    if (known.size >= knownMax && oldest !== undefined) known.delete(oldest);
    known.set(keyOf(code, name), pieces);
    return pieces;
  }

  return { read, known: (code, language) => known.get(keyOf(code, language)) };
}
