import { beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../kit/sql.ts';
import { BadStatement, UniqueViolation, type Database } from './index.ts';

/** What every database promises while nothing fails. */
export function databaseContract(name: string, database: Database): void {
  describe(`postgres: ${name}`, () => {
    beforeAll(async () => {
      await database.rows(sql`create schema if not exists contract`);
      await database.rows(sql`drop table if exists contract.things`);
      await database.rows(sql`
        create table contract.things (
          id int primary key,
          name text constraint things_name_key unique deferrable initially deferred
        )`);
    });
    const names = async (): Promise<string[]> => {
      const rows = await database.rows<{ name: string }>(sql`select name from contract.things order by id`);
      return rows.map((row) => row.name);
    };

    it('gives each kind of value as promised', async () => {
      const moment = new Date('2026-01-31T12:00:00.250Z');
      const [row] = await database.rows(sql`
        select ${'9007199254740993'}::bigint as big, array[1::bigint] as bigs, 7::int as int, 1.50::numeric as exact,
          ${moment}::timestamptz as moment, '2026-01-31'::date as day, ${JSON.stringify({ a: [1] })}::json as json,
          ${['a', 'b']}::text[] as list, ${Buffer.from([0, 255])}::bytea as bytes, ${null}::text as nothing,
          current_setting('timezone') as zone`);
      expect(row).toEqual({
        big: '9007199254740993',
        bigs: ['1'],
        int: 7,
        exact: '1.50',
        moment,
        day: '2026-01-31',
        json: { a: [1] },
        list: ['a', 'b'],
        bytes: Buffer.from([0, 255]),
        nothing: null,
        zone: 'UTC',
      });
    });

    it('commits when the work resolves, and hands on its result', async () => {
      const result = await database.write(async (tx) => {
        await tx.rows(sql`insert into contract.things values (1, 'one')`);
        return 'done';
      });
      expect(result).toBe('done');
      expect(await names()).toEqual(['one']);
    });

    it('rolls back when the work throws, and throws the same', async () => {
      const refusal = new Error('no');
      const work = database.write(async (tx) => {
        await tx.rows(sql`insert into contract.things values (2, 'two')`);
        throw refusal;
      });
      await expect(work).rejects.toBe(refusal);
      expect(await names()).toEqual(['one']);
    });

    it('names the unique index that said no, be it at once or at the commit', async () => {
      const twice = database.rows(sql`insert into contract.things values (1, 'other')`);
      await expect(twice).rejects.toThrow(UniqueViolation);
      await expect(twice).rejects.toMatchObject({ constraint: 'things_pkey' });
      const late = database.write((tx) => tx.rows(sql`insert into contract.things values (2, 'one')`));
      await expect(late).rejects.toMatchObject({ constraint: 'things_name_key' });
      expect(await names()).toEqual(['one']);
    });

    it('never says done when a statement failed and the work went on', async () => {
      const work = database.write(async (tx) => {
        await tx.rows(sql`insert into contract.things values (3, 'three')`);
        await tx.rows(sql`insert into contract.things values (1, 'again')`).catch(() => {});
      });
      await expect(work).rejects.toThrow(BadStatement);
      expect(await names()).toEqual(['one']);
    });

    it('reads as of one moment, and refuses to write meanwhile', async () => {
      await database.read(async (tx) => {
        const count = () => tx.rows<{ n: number }>(sql`select count(*)::int as n from contract.things`);
        expect(await count()).toEqual([{ n: 1 }]);
        await database.rows(sql`insert into contract.things values (4, 'four')`);
        expect(await count()).toEqual([{ n: 1 }]);
      });
      expect(await names()).toEqual(['one', 'four']);
      const writing = database.read((tx) => tx.rows(sql`delete from contract.things`));
      await expect(writing).rejects.toThrow(BadStatement);
    });

    it('runs statements asked for together one after another', async () => {
      const rows = await database.write((tx) =>
        Promise.all([1, 2, 3].map((n) => tx.rows(sql`select ${n}::int as n, pg_backend_pid() as pid`))),
      );
      expect(rows.map(([row]) => (row as { n: number }).n)).toEqual([1, 2, 3]);
      expect(new Set(rows.map(([row]) => (row as { pid: number }).pid)).size).toBe(1);
    });

    it('answers no statement after the end of its transaction', async () => {
      const tx = await database.write(async (inner) => inner);
      await expect(tx.rows(sql`select 1`)).rejects.toThrow('the transaction is over');
    });

    it('calls a wrong statement a bug, and says which', async () => {
      const wrong = database.rows(sql`select nonsense`);
      await expect(wrong).rejects.toThrow(BadStatement);
      await expect(wrong).rejects.toMatchObject({ sqlstate: '42703', statement: 'select nonsense' });
      await expect(database.rows(sql`select ${undefined}::text`)).rejects.toThrow('value $1 is undefined');
    });
  });
}
