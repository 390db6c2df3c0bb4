import type { Block } from './tokens.ts';

/** A block and the index of the first line after it. */
export type Found = { block: Block; next: number };

/** Reads the lines inside a quote or a list item. */
export type Inside = (lines: readonly string[]) => Block[];

export function isBlank(line: string | undefined): boolean {
  return line === undefined || line.trim() === '';
}

export function isRule(line: string): boolean {
  return /^ {0,3}(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})$/.test(line);
}
