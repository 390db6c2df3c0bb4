import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Refused } from '@confab/client';
import { refusalText, useWords } from '../language/index.ts';
import { Button } from '../ui/button.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Delayed, Spinner } from '../ui/spinner.tsx';
import type { Paged } from './use-pages.ts';
import './list-states.css';

/** Shown in the place of a list that could not be had. */
export function RefusedNote({ refused, onRetry }: { refused: Refused; onRetry?: () => void }) {
  const words = useWords();
  return (
    <div class="refused-note" role="alert">
      <p>{refusalText(words, refused)}</p>
      {onRetry && <Button onClick={onRetry}>{words.ui.tryAgain}</Button>}
    </div>
  );
}

/** Faces and lines in the place of what is loading; after 300 ms. */
export function RowSkeletons({ count = 6 }: { count?: number }) {
  return (
    <div class="row-skeletons" aria-hidden="true">
      <Delayed>
        {Array.from({ length: count }, (_, index) => (
          <div key={index}>
            <Skeleton shape="round" width="36px" height="36px" />
            <div>
              <Skeleton width={`${28 + ((index * 13) % 24)}%`} />
              <Skeleton width={`${58 + ((index * 17) % 36)}%`} />
            </div>
          </div>
        ))}
      </Delayed>
    </div>
  );
}

/** After the last item: loads the next page when it comes into view. */
export function MoreOf<Item>({ pages }: { pages: Paged<Item> }) {
  const words = useWords().app;
  const mark = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = mark.current;
    if (element === null) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) pages.more();
      },
      { rootMargin: '400px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  });
  if (pages.refused && pages.items.length > 0)
    return <RefusedNote refused={pages.refused} onRetry={pages.retry} />;
  if (!pages.hasMore) return null;
  return (
    <div class="more-of" ref={mark}>
      <Spinner label={words.loadingMore} />
    </div>
  );
}

type ListOfProps<Item> = {
  pages: Paged<Item>;
  /** in the place of no items */
  empty: ComponentChildren;
  render: (item: Item) => ComponentChildren;
  label: string;
  class?: string;
};

/** A list with its states: loading, refused, empty, more. */
export function ListOf<Item>({ pages, empty, render, label, class: className }: ListOfProps<Item>) {
  if (pages.isLoading) return <RowSkeletons />;
  if (pages.refused && pages.items.length === 0) {
    return <RefusedNote refused={pages.refused} onRetry={pages.retry} />;
  }
  if (pages.items.length === 0) return <>{empty}</>;
  return (
    <>
      <ul class={className} aria-label={label}>
        {pages.items.map(render)}
      </ul>
      <MoreOf pages={pages} />
    </>
  );
}
