import { limits } from '../limits.ts';
import type { Emphasis, Piece, Run } from './pieces.ts';
import type { Inline } from './tokens.ts';

type Frame = {
  children: Inline[];
  /** null: too deep, the marks stay text */
  kind: Emphasis | 'link' | 'root' | null;
  href: string;
};

/** Nests the pieces. Marks that paired deeper than the limit are text again. */
export function buildTree(pieces: readonly Piece[]): Inline[] {
  const frames: Frame[] = [{ children: [], kind: 'root', href: '' }];
  for (const piece of pieces) addPiece(frames, piece);
  return frames[0]?.children ?? [];
}

function addPiece(frames: Frame[], piece: Piece): void {
  switch (piece.kind) {
    case 'text':
      return addText(frames, piece.text);
    case 'atom':
      return add(frames, piece.token);
    case 'open':
      if (piece.href === null) return addText(frames, piece.text);
      frames.push({ children: [], kind: 'link', href: piece.href });
      return;
    case 'close':
      return closeLink(frames);
    case 'run':
      return addRun(frames, piece.run);
  }
}

function addRun(frames: Frame[], run: Run): void {
  for (const kind of run.closed) closeEmphasis(frames, kind, run);
  if (run.left > 0) addText(frames, run.mark.repeat(run.left));
  for (const kind of run.opened.toReversed()) {
    const deep = frames.length > limits.markdownDepthMax;
    if (deep) addText(frames, marksOf(kind, run));
    frames.push({ children: [], kind: deep ? null : kind, href: '' });
  }
}

function closeEmphasis(frames: Frame[], kind: Emphasis, run: Run): void {
  const frame = frames.pop();
  if (frame === undefined) return;
  if (frame.kind !== null) return add(frames, { kind, children: frame.children });
  for (const child of frame.children) add(frames, child);
  addText(frames, marksOf(kind, run));
}

function marksOf(kind: Emphasis, run: Run): string {
  return run.mark.repeat(kind === 'strike' ? run.length : kind === 'strong' ? 2 : 1);
}

function closeLink(frames: Frame[]): void {
  const frame = frames.pop();
  if (frame === undefined) return;
  const children = asShownText(frame.children);
  if (children.length === 0) children.push({ kind: 'text', text: frame.href });
  add(frames, { kind: 'link', href: frame.href, children });
}

/** Inside a link nothing else can be pressed. Depth is bounded by the frames. */
function asShownText(children: readonly Inline[]): Inline[] {
  return children.flatMap((child): Inline[] => {
    switch (child.kind) {
      case 'mention':
        return [{ kind: 'text', text: `@${child.handle}` }];
      case 'everyone':
        return [{ kind: 'text', text: `@${child.who}` }];
      case 'room':
        return [{ kind: 'text', text: `#${child.name}` }];
      case 'link':
        return asShownText(child.children);
      case 'strong':
      case 'emphasis':
      case 'strike':
        return [{ kind: child.kind, children: asShownText(child.children) }];
      case 'text':
      case 'code':
      case 'emoji':
      case 'break':
        return [child];
    }
  });
}

function addText(frames: Frame[], text: string): void {
  add(frames, { kind: 'text', text });
}

function add(frames: Frame[], token: Inline): void {
  const children = frames.at(-1)?.children ?? [];
  const last = children.at(-1);
  if (token.kind === 'text' && last?.kind === 'text') last.text += token.text;
  else children.push(token.kind === 'text' ? { ...token } : token);
}
