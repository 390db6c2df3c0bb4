import type { Block, Inline } from './tokens.ts';

type Visit = (token: Inline) => boolean;

/** Calls `visit` for each inline token in reading order, parents first, until it answers false. Answers whether it got through. */
export function visitInlines(blocks: readonly Block[], visit: Visit): boolean {
  return blocks.every((block) => visitBlock(block, visit));
}

function visitBlock(block: Block, visit: Visit): boolean {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return visitAll(block.children, visit);
    case 'list':
      return block.items.every((item) => visitInlines(item.blocks, visit));
    case 'quote':
      return visitInlines(block.blocks, visit);
    case 'table':
      return [block.header, ...block.rows].every((row) => row.every((cell) => visitAll(cell, visit)));
    case 'code':
    case 'rule':
      return true;
  }
}

function visitAll(tokens: readonly Inline[], visit: Visit): boolean {
  return tokens.every((token) => visit(token) && (!('children' in token) || visitAll(token.children, visit)));
}
