import { limits, type Input, type Output, type User } from '@confab/protocol';
import { createBatcher } from '../platform/batcher.ts';
import type { Database } from '../platform/postgres/index.ts';
import { findUsers } from './store.ts';

type ByIds = Input<'user.list'> & { ids: string[] };

/** Whether an input of `user.list` asks for these people and nobody else, all on one page. */
export function isByIds(input: Input<'user.list'>): input is ByIds {
  const { ids, search = '', cursor, limit = limits.pageDefault } = input;
  return ids !== undefined && ids.length <= limit && search === '' && cursor === undefined;
}

/**
 * People by their ids. A stranger who speaks in a room of thousands is asked for by all of them in one moment: what comes
 * while others are being answered is one question of the database.
 */
export function createUsersByIds(
  database: Pick<Database, 'rows'>,
): (input: ByIds) => Promise<Output<'user.list'>> {
  const questions = createBatcher<readonly string[], ReadonlyMap<string, User>>({
    atOnceMax: 2,
    batchMax: 1_000,
    async answer(asked) {
      const users = await findUsers(database, asked.flat());
      const found = new Map(users.map((user) => [user.id, user]));
      return asked.map(() => found);
    },
  });
  return async ({ ids, deactivated = true }) => {
    if (ids.length === 0) return { users: [], next: null };
    const found = await questions.ask(ids);
    const users = [...new Set(ids)].flatMap((id) => found.get(id) ?? []);
    return {
      users: users.filter((user) => deactivated || !user.deactivated).toSorted(byName),
      next: null,
    };
  };
}

const sortKey = ({ name, id }: User): string => `${name.toLowerCase()}\u0000${id}`;
const byName = (one: User, other: User): number => (sortKey(one) < sortKey(other) ? -1 : 1);
