import { useEffect, useRef, useState } from 'preact/hooks';
import { Search, SearchX } from 'lucide';
import type { Room, SearchProblem, SearchResult } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { MoreOf, RefusedNote, RowSkeletons } from '../app/list-states.tsx';
import { MainFrame } from '../app/main-frame.tsx';
import type { PageProps } from '../app/pages.ts';
import { usePages, type Paged } from '../app/use-pages.ts';
import { useWords } from '../language/index.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { useRovingFocus } from '../ui/roving-focus.ts';
import { Tabs } from '../ui/tabs.tsx';
import { ResultGroup } from './result-group.tsx';
import { SearchField } from './search-field.tsx';
import { searchPath } from './search-path.ts';
import { withoutUnfinished } from './suggest.ts';
import './search-page.css';

type Found = SearchResult & { readonly room: Room | undefined };

/** Search in all messages one may read. The address keeps the query, so that going back comes back to it. */
export function SearchPage({ section }: PageProps) {
  const { client, router, ui } = useApp();
  const words = useWords().search;
  const given = section ?? '';
  const [text, setText] = useState(given);
  const [sort, setSort] = useState<'time' | 'relevance'>('time');
  const [problems, setProblems] = useState<readonly SearchProblem[]>([]);
  useEffect(() => setText(given), [given]);
  const query = (text === given ? text : withoutUnfinished(text)).trim();
  const results = useRef<HTMLDivElement>(null);
  useRovingFocus(results, { items: '.search-result', axis: 'block', loop: false });
  const pages = usePages<Found>(`${sort} ${query}`, async (cursor) => {
    if (query === '') return noneFound(setProblems);
    const page = await client.call('search.messages', {
      query,
      sort,
      ...(cursor === null ? {} : { cursor }),
    });
    setProblems(page.problems);
    if (cursor === null) ui.announcer.say(words.found(page.results.length));
    const rooms = new Map(page.rooms.map((room) => [room.id, room]));
    return {
      items: page.results.map((result) => ({ ...result, room: rooms.get(result.message.roomId) })),
      next: page.next,
    };
  });
  const tabs = [
    { id: 'time' as const, label: words.byTime },
    { id: 'relevance' as const, label: words.byRelevance },
  ];
  return (
    <MainFrame title={words.title} focusHeading={false}>
      <div class="main-frame__scroll">
        <div class="search-page" data-asked={query !== ''}>
          <SearchField
            text={text}
            onText={setText}
            onSubmit={() => router.go(searchPath(text.trim()), { replace: true })}
            onDown={() => results.current?.querySelector<HTMLElement>('.search-result')?.focus()}
          />
          <Tabs label={words.sort} look="pills" tabs={tabs} value={sort} onValue={setSort}>
            <div ref={results}>
              <Results pages={pages} problems={problems} query={query} />
            </div>
          </Tabs>
        </div>
      </div>
    </MainFrame>
  );
}

function noneFound(setProblems: (problems: readonly SearchProblem[]) => void) {
  setProblems([]);
  return { items: [], next: null };
}

type ResultsProps = { pages: Paged<Found>; problems: readonly SearchProblem[]; query: string };

function Results({ pages, problems, query }: ResultsProps) {
  const words = useWords().search;
  if (query === '') {
    return (
      <EmptyState icon={Search} title={words.start}>
        {words.startNote}
      </EmptyState>
    );
  }
  if (pages.isLoading) return <RowSkeletons />;
  if (pages.refused && pages.items.length === 0) {
    return <RefusedNote refused={pages.refused} onRetry={pages.retry} />;
  }
  if (problems.length > 0) {
    return (
      <ul class="search-problems" role="alert">
        {problems.map(({ kind, value }) => (
          <li key={`${kind} ${value}`}>{words.problems[kind](value)}</li>
        ))}
      </ul>
    );
  }
  if (pages.items.length === 0) {
    return (
      <EmptyState icon={SearchX} title={words.none}>
        {words.noneNote}
      </EmptyState>
    );
  }
  return (
    <>
      {groupsOf(pages.items).map(([first, ...rest]) => (
        <ResultGroup key={first.message.id} room={first.room} results={[first, ...rest]} />
      ))}
      <MoreOf pages={pages} />
    </>
  );
}

/** What follows each other in one room stands under its name. */
function groupsOf(results: readonly Found[]): [Found, ...Found[]][] {
  const groups: [Found, ...Found[]][] = [];
  for (const result of results) {
    const last = groups.at(-1);
    if (last?.[0].message.roomId === result.message.roomId) last.push(result);
    else groups.push([result]);
  }
  return groups;
}
