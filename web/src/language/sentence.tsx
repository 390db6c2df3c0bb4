import type { ComponentChildren } from 'preact';

/**
 * A sentence in which some places are drawn: `{name}` in `text` becomes `parts.name`. Where languages order their words
 * differently the places move.
 */
export function Sentence({
  text,
  parts,
}: {
  text: string;
  parts: Readonly<Record<string, ComponentChildren>>;
}) {
  return (
    <>
      {text
        .split(/(\{\w+\})/)
        .map((piece) => (piece.startsWith('{') ? (parts[piece.slice(1, -1)] ?? piece) : piece))}
    </>
  );
}
