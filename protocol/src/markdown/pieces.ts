import type { Inline } from './tokens.ts';

export type Emphasis = 'strong' | 'emphasis' | 'strike';

/** Adjacent marks of emphasis, and what became of them. */
export type Run = {
  mark: '*' | '_' | '~';
  length: number;
  /** marks not yet paired; what is left at the end is text */
  left: number;
  mayOpen: boolean;
  mayClose: boolean;
  /** from the inside out */
  opened: Emphasis[];
  closed: Emphasis[];
};

/** A paragraph cut at its marks, in order; pairs of marks are properly nested. */
export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'atom'; token: Inline }
  | { kind: 'run'; run: Run }
  /** `[` or `![`; text unless it got an address */
  | { kind: 'open'; text: string; href: string | null }
  | { kind: 'close' };
