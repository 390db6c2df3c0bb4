import { useEffect, useMemo, useReducer } from 'preact/hooks';
import { Refused } from '@confab/client';
import { after } from '../platform/index.ts';

export interface Paged<Item> {
  readonly items: readonly Item[];
  /** Nothing of the present question has come yet. */
  readonly isLoading: boolean;
  readonly hasMore: boolean;
  readonly refused: Refused | null;
  /** The next page; does nothing while one is on its way. */
  more(): void;
  retry(): void;
  /** Asks anew from the start, keeping what is shown until the answer comes. */
  reload(): void;
  /** Changes what is shown, for instance without an item that was taken away. */
  change(next: (items: readonly Item[]) => readonly Item[]): void;
}

export type AskPage<Item> = (
  cursor: string | null,
) => Promise<{ items: readonly Item[]; next: string | null }>;

/** What is typed within this time is asked together. */
const typingMs = 120;

/**
 * Pages of a list, asked for one after the other. A new `question` (the text of a search, for instance) starts anew; the
 * old items stay until the first answer, and late answers to old questions are dropped.
 */
export function usePages<Item>(question: string, ask: AskPage<Item>): Paged<Item> {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const pages = useMemo(() => createPages<Item>(() => redraw(undefined)), []);
  pages.ask = ask;
  useEffect(() => pages.start(question), [question]);
  useEffect(() => pages.close, []);
  return pages.view();
}

function createPages<Item>(redraw: () => void) {
  let items: readonly Item[] = [];
  let next: string | null = null;
  let answered = false;
  let refused: Refused | null = null;
  let inFlight: symbol | null = null;
  let wait = (): void => undefined;

  async function load(from: string | null): Promise<void> {
    const mine = Symbol('question');
    inFlight = mine;
    refused = null;
    redraw();
    try {
      const page = await pages.ask(from);
      if (inFlight !== mine) return;
      items = from === null ? page.items : [...items, ...page.items];
      next = page.next;
      answered = true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (inFlight !== mine) return;
      refused = error;
    }
    inFlight = null;
    redraw();
  }

  const pages = {
    ask: (() => Promise.reject(new Error('No question yet.'))) as AskPage<Item>,
    start(question: string): void {
      wait();
      wait = after(answered && question !== '' ? typingMs : 0, () => void load(null));
    },
    close(): void {
      wait();
      inFlight = null;
    },
    view: (): Paged<Item> => ({
      items,
      isLoading: !answered && refused === null,
      hasMore: next !== null,
      refused,
      more() {
        if (inFlight === null && next !== null && refused === null) void load(next);
      },
      retry: () => void load(answered ? next : null),
      reload: () => void load(null),
      change(to) {
        items = to(items);
        redraw();
      },
    }),
  };
  return pages;
}
