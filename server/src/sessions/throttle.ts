/**
 * Limits how often secrets can be tried: per account, so that one password cannot be guessed from many places, and per
 * address, so that one place cannot try many. Counted before any work is done, in the database, so that all nodes count
 * together and many at once cannot slip through. Windows are fixed: across an edge twice the limit can pass.
 *
 * Known price: who tries wrong passwords for somebody else's account keeps them out for as long.
 */
import { createHash } from 'node:crypto';
import { limits } from '@confab/protocol';
import { Refusal } from '../kit/refusal.ts';
import { sql } from '../kit/sql.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Tx } from '../platform/postgres/index.ts';

/** What is tried, where each kind of trial is counted by itself. */
export interface Trial {
  readonly what: 'sign-in' | 'sign-up' | 'link' | 'password' | 'forgotten';
  /** Whose account, by e-mail address or id; left out where there is none yet. */
  readonly account?: string;
  /** Network address; left out where only the account counts. */
  readonly address?: string;
}

export interface Attempt {
  /**
   * It was no guess: the account's count starts anew, and the address gets this one attempt back (an office behind
   * one address must not run out by signing in, and an attacker's own account must not clear their count).
   */
  succeed(tx: Tx): Promise<void>;
}

export interface Throttle {
  /** Counts an attempt. @throws Refusal too_many */
  begin(trial: Trial): Promise<Attempt>;
}

export function createThrottle(deps: { database: Tx; clock: Clock }): Throttle {
  const { database, clock } = deps;
  return {
    async begin(trial) {
      const now = clock.now();
      const windowStart = now - (now % limits.signInWindowMs);
      const window = new Date(windowStart);
      const keys = keysOf(trial);
      const tried = Object.values(keys).filter((key) => key !== null);
      const counts = await countAttempt(database, tried, window);
      if (
        counts.some(
          ({ key, count }) =>
            count > (key === keys.account ? limits.signInAttemptsMax : limits.signInAttemptsPerAddressMax),
        )
      ) {
        throw new Refusal('too_many', { retryAfterMs: windowStart + limits.signInWindowMs - now });
      }
      return {
        async succeed(tx) {
          // Rows are locked in the order of their keys, as in counting.
          if (keys.account !== null) await tx.rows(sql`delete from attempts where key = ${keys.account}`);
          if (keys.address === null) return;
          await tx.rows(sql`
            update attempts set count = count - 1
            where key = ${keys.address} and window_start = ${window} and count > 0`);
        },
      };
    },
  };
}

/** Every window that has passed. @returns how many rows went; `limit` of them when there may be more */
export async function removePastAttempts(tx: Tx, now: number, limit: number): Promise<number> {
  const rows = await tx.rows<{ key: string }>(sql`
    delete from attempts where (key, window_start) in (
      select key, window_start from attempts
      where window_start <= ${new Date(now - limits.signInWindowMs)} limit ${limit}
    ) returning key`);
  return rows.length;
}

function countAttempt(
  tx: Tx,
  keys: readonly string[],
  window: Date,
): Promise<{ key: string; count: number }[]> {
  return tx.rows<{ key: string; count: number }>(sql`
    insert into attempts (key, window_start, count)
    select key, ${window}, 1 from unnest(${keys.toSorted()}::text[]) as key
    on conflict (key, window_start) do update set count = attempts.count + 1
    returning key, count`);
}

/** Accounts are hashed: people also type passwords into the field for the address. */
function keysOf({ what, account, address }: Trial): { account: string | null; address: string | null } {
  return {
    account:
      account === undefined
        ? null
        : `account ${what} ${createHash('sha256').update(account.toLowerCase()).digest('base64url')}`,
    address: address === undefined ? null : `address ${what} ${addressBlock(address)}`,
  };
}

/** Of IPv6 a household has 2^64 addresses, so the first half counts; an IPv4 address stands for itself. */
export function addressBlock(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(':')) return address.slice(0, 64);
  const [head = '', tail] = address.toLowerCase().split('%', 1).join('').split('::', 2);
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array.from({ length: zeros }, () => '0'), ...after];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, '').slice(0, 4))
    .join(':');
}
