import type { SearchProblem } from '@confab/protocol';
import { sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';
import type { FlagName, Named, Query } from './parse-query.ts';
import type { Mark, Wish } from './search-index.ts';
import type { Written } from './entry.ts';

/** Finds who and what a query names, as far as this person may know of it. */
export async function resolve(
  tx: Tx,
  query: Query,
  userId: string,
): Promise<{ wish: Wish; problems: SearchProblem[] }> {
  const problems: SearchProblem[] = [...query.problems];
  const people = await findPeople(tx, query.named, userId);
  const rooms = await findRooms(tx, query.named, { userId, people });
  const idsOf = (kind: Named['kind'], excluded: boolean): string[] =>
    query.named
      .filter((one) => one.kind === kind && one.excluded === excluded)
      .flatMap(({ name }) => {
        const found = (kind === 'in' ? rooms : people).get(name) ?? [];
        if (found.length === 0) problems.push({ kind: kind === 'in' ? 'room' : 'person', value: name });
        return found;
      });
  const wish: Wish = {
    terms: query.terms,
    authors: idsOf('from', false),
    notAuthors: idsOf('from', true),
    rooms: idsOf('in', false),
    notRooms: idsOf('in', true),
    addressees: idsOf('to', false),
    notAddressees: idsOf('to', true),
    ...flagsOf(query),
    from: query.from === null ? null : new Date(query.from),
    before: query.before === null ? null : new Date(query.before),
  };
  return { wish, problems };
}

function flagsOf({ flags }: Query): Pick<Wish, 'written' | 'notWritten' | 'marked' | 'notMarked'> {
  const named = (excluded: boolean): FlagName[] => [
    ...new Set(flags.filter((flag) => flag.excluded === excluded).map(({ name }) => name)),
  ];
  return {
    written: named(false).filter(isWritten),
    notWritten: named(true).filter(isWritten),
    marked: named(false).filter(isMark),
    notMarked: named(true).filter(isMark),
  };
}

function isMark(name: FlagName): name is Mark {
  return name === 'reaction' || name === 'pin' || name === 'saved';
}

function isWritten(name: FlagName): name is Written {
  return !isMark(name);
}

/** By handle, or by whole name; `me` is who asks. Those who have left have written, too. */
async function findPeople(tx: Tx, named: readonly Named[], userId: string): Promise<Map<string, string[]>> {
  const names = [...new Set(named.map(({ name }) => name))];
  const found = new Map<string, string[]>();
  if (names.length === 0) return found;
  const rows = await tx.rows<{ id: string; handle: string; name: string }>(sql`
    select id, lower(handle) as handle, lower(name) as name from users
    where lower(handle) = any(${names}) or lower(name) = any(${names})`);
  for (const name of names) {
    const called = rows.filter((row) => row.handle === name);
    const those = called.length > 0 ? called : rows.filter((row) => row.name === name);
    found.set(
      name,
      those.map(({ id }) => id),
    );
  }
  found.set('me', [userId]);
  return found;
}

/** Rooms of that name that the person may read, and the conversation with whoever is called that. */
async function findRooms(
  tx: Tx,
  named: readonly Named[],
  { userId, people }: { userId: string; people: Map<string, string[]> },
): Promise<Map<string, string[]>> {
  const names = [...new Set(named.filter(({ kind }) => kind === 'in').map(({ name }) => name))];
  const found = new Map<string, string[]>();
  if (names.length === 0) return found;
  const others = names.flatMap((name) => people.get(name) ?? []);
  const rows = await tx.rows<{ id: string; name: string; kind: string; people: string[] }>(sql`
    select r.id, lower(r.name) as name, r.kind, r.people
    from rooms r left join memberships m on m.room_id = r.id and m.user_id = ${userId}
    where (m.user_id is not null or r.kind = 'public') and (
      (r.kind <> 'direct' and lower(r.name) = any(${names}))
      or (r.kind = 'direct' and cardinality(r.people) <= 2 and r.people && ${others}::bigint[]))`);
  for (const name of names) {
    const called = rows.filter((row) => row.kind !== 'direct' && row.name === name);
    const persons = people.get(name) ?? [];
    const talks = rows.filter((row) => {
      const company = row.people.filter((id) => id !== userId);
      const sole = company.length === 0 ? userId : company[0];
      return row.kind === 'direct' && sole !== undefined && persons.includes(sole);
    });
    found.set(
      name,
      (called.length > 0 ? called : talks).map(({ id }) => id),
    );
  }
  return found;
}
