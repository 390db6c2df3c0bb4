/** What the database alone does: pgbench, one-row inserts, a transaction each, 32 clients. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../subjects/children.ts';
import { user, type BenchPostgres } from '../subjects/postgres.ts';
import { messageText } from '../subjects/subject.ts';

export interface Pgbench {
  /** @returns rows a second */
  insert(options: { seconds: number }): Promise<number>;
}

/** @returns null where Postgres is the embedded one, which comes without pgbench */
export async function preparePgbench(postgres: BenchPostgres): Promise<Pgbench | null> {
  const { port, programs } = postgres;
  if (port === null || programs === null) return null;
  const database = `pgbench_${Math.random().toString(36).slice(2, 8)}`;
  await postgres.create(database);
  const server = ['-h', '127.0.0.1', '-p', String(port), '-U', user];
  const table = 'create table inserts (id bigserial primary key, room bigint, at timestamptz, text text)';
  await run([join(programs, 'psql'), ...server, '-d', database, '-c', table]);
  return {
    async insert({ seconds }) {
      const folder = mkdtempSync(join(tmpdir(), 'confab-pgbench-'));
      const script = join(folder, 'insert.sql');
      writeFileSync(script, `insert into inserts (room, at, text) values (1, now(), '${messageText}');\n`);
      const clients = ['-n', '-M', 'prepared', '-c', '32', '-j', '2', '-T', String(seconds), '-f', script];
      const said = await run([join(programs, 'pgbench'), ...server, ...clients, database]);
      rmSync(folder, { recursive: true, force: true });
      const rate = Number(/tps = ([\d.]+)/.exec(said)?.[1]);
      if (!(rate > 0)) throw new Error(`pgbench said no rate: ${said}`);
      return rate;
    },
  };
}
