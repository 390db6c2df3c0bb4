import hljs from 'highlight.js/lib/core';
import type { Emitter, HLJSApi, LanguageFn } from 'highlight.js';

/** Code cut into pieces: text, or pieces that have a meaning in common. */
export type CodePiece = string | { scope: string; pieces: CodePiece[] };

/** A way to read code that never makes HTML. */
export type CodeReader = {
  has: (language: string) => boolean;
  add: (language: string, definition: LanguageFn) => void;
  read: (code: string, language: string) => CodePiece[];
};

/** highlight.js with an emitter of our own: what it found out, as data. */
export function createCodeReader(): CodeReader {
  const reader: HLJSApi = hljs.newInstance();
  reader.configure({ __emitter: PieceEmitter });
  return {
    has: (language) => reader.getLanguage(language) !== undefined,
    add: (language, definition) => reader.registerLanguage(language, definition),
    read: (code, language) => {
      const { _emitter, errorRaised } = reader.highlight(code, { language, ignoreIllegals: true });
      return _emitter instanceof PieceEmitter && errorRaised === undefined ? _emitter.pieces : [code];
    },
  };
}

class PieceEmitter implements Emitter {
  readonly pieces: CodePiece[] = [];
  private readonly open: CodePiece[][] = [this.pieces];

  addText(text: string): void {
    if (text !== '') this.open.at(-1)?.push(text);
  }

  startScope(scope: string): void {
    const pieces: CodePiece[] = [];
    this.open.at(-1)?.push({ scope, pieces });
    this.open.push(pieces);
  }

  endScope(): void {
    if (this.open.length > 1) this.open.pop();
  }

  /** highlight.js calls these two as well, though its types do not say so. */
  openNode(scope: string): void {
    this.startScope(scope);
  }

  closeNode(): void {
    this.endScope();
  }

  __addSublanguage(emitter: Emitter): void {
    if (emitter instanceof PieceEmitter) this.open.at(-1)?.push(...emitter.pieces);
  }

  finalize(): void {
    this.open.length = 1;
  }

  toHTML(): string {
    return '';
  }
}
