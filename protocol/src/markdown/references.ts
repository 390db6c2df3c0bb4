import type { Block, Inline } from './tokens.ts';
import { visitInlines } from './visit.ts';

/** What a message points to, each once and in the order of its first appearance. */
export type References = {
  /** in lower case */
  handles: string[];
  all: boolean;
  here: boolean;
  /** room names in lower case */
  rooms: string[];
  /** addresses as written */
  links: string[];
};

/** Code holds no references, and a link's text holds none but the link. */
export function extractReferences(blocks: readonly Block[]): References {
  const handles = new Set<string>();
  const rooms = new Set<string>();
  const links = new Set<string>();
  const everyone = new Set<'all' | 'here'>();
  visitInlines(blocks, (token: Inline) => {
    if (token.kind === 'mention') handles.add(token.handle.toLowerCase());
    else if (token.kind === 'everyone') everyone.add(token.who);
    else if (token.kind === 'room') rooms.add(token.name.toLowerCase());
    else if (token.kind === 'link') links.add(token.href);
    return true;
  });
  return {
    handles: [...handles],
    all: everyone.has('all'),
    here: everyone.has('here'),
    rooms: [...rooms],
    links: [...links],
  };
}
