/** What a node says of a database that it cannot, or should not, be used as it is: real servers, one sentence each. */
import { readdirSync } from 'node:fs';
import { readConfig } from '@confab/server/config';
import { openStorage } from '@confab/server/open-storage';
import { createMemoryLog, type LogFields } from '@confab/server/platform/log/index';
import { Problem } from '@confab/server/platform/problem';
import { sql } from '@confab/server/kit/sql';
import { migrationsFolder } from '@confab/server/program';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startPgBouncer } from '../support/pgbouncer.ts';
import { startReplicatedPostgres, type ReplicatedPostgres } from '../support/replicated-postgres.ts';
import { layCable } from '../support/tcp-cable.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let postgres: ReplicatedPostgres;
let where = '';
let replicaPort = 0;
beforeAll(async () => {
  postgres = await startReplicatedPostgres({ replicas: 1 });
  const [primary, replica] = postgres.servers;
  where = `127.0.0.1:${primary?.port}`;
  replicaPort = replica?.port ?? 0;
  for (const text of [
    `create role second login superuser password 'sword-fish'`,
    `create role visitor login password 'sword-fish'`,
    `create database old_letters owner confab encoding 'SQL_ASCII' template template0`,
    `create database short owner confab`,
    `alter role visitor set search_path = public`,
    `create role reader login password 'sword-fish'`,
    `grant create on database ${postgres.database} to reader`,
    `alter role reader set default_transaction_read_only = on`,
  ]) {
    primary?.sql(text);
  }
});
afterAll(() => postgres.close());

/** @returns the warnings of the log */
async function open(url: string): Promise<string[]> {
  const log = createMemoryLog();
  const config = readConfig({}, { DATABASE_URL: url });
  const storage = await openStorage({ config, log, purpose: 'this test', beside: false, patienceMs: 300 });
  await storage.close();
  return log.lines.filter(({ level }) => level === 'warn').map(({ event }) => event);
}

async function refusal(url: string): Promise<string> {
  const error: unknown = await open(url).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Problem);
  const { message } = error as Problem;
  expect(message).not.toContain('sword-fish');
  return message.replaceAll(where, 'HOST');
}

const at = (role: string, database = postgres.database) =>
  `postgres://${role}:sword-fish@${where}/${database}`;
const unusable = (rest: string) => `The database of DATABASE_URL cannot be used: ${rest}.`;

describe('a node does not start on', () => {
  it('a wrong password', async () => {
    expect(await refusal(`postgres://confab:herring@${where}/confab_team`)).toBe(
      unusable(
        'HOST refuses the password of confab; write the right one, with %40 for @, %2F for / and %23 for #',
      ),
    );
  });

  it('a wrong password of several servers, of which one is dead', async () => {
    expect(await refusal(`postgres://confab:herring@127.0.0.1:1,${where}/confab_team`)).toContain(
      'refuses the password of confab',
    );
  });

  it('a database that is not there', async () => {
    expect(await refusal(at('confab', 'nothing'))).toBe(
      unusable(
        `there is no database nothing on HOST; make it with: create database "nothing" encoding 'UTF8' template template0 owner "confab"`,
      ),
    );
  });

  it('a port where nothing listens', async () => {
    expect(await refusal('postgres://confab:sword-fish@127.0.0.1:1/confab_team')).toBe(
      unusable('nothing listens at 127.0.0.1:1; start the database there, or name the right host and port'),
    );
  });

  it('a host that nobody knows', async () => {
    expect(await refusal('postgres://confab:sword-fish@db.invalid/confab_team')).toBe(
      unusable('nobody knows the name of db.invalid:5432; check it, and the name server of this machine'),
    );
  });

  it('a replica', async () => {
    expect(await refusal(`postgres://confab:sword-fish@127.0.0.1:${replicaPort}/confab_team`)).toBe(
      unusable(
        `127.0.0.1:${replicaPort} is a replica and takes no writes; name the primary, or all servers between commas`,
      ),
    );
  });

  it('a database that is not in UTF-8', async () => {
    expect(await refusal(at('confab', 'old_letters'))).toBe(
      `The database old_letters is encoded in SQL_ASCII, and Confab needs UTF8: make a new one with create database old_letters_utf8 encoding 'UTF8' template template0, and name it in DATABASE_URL.`,
    );
  });

  it('a role that may not make tables', async () => {
    expect(await refusal(at('visitor'))).toBe(
      'The role visitor may not make tables in the schema public of confab_team: alter database confab_team owner to visitor, or grant create on schema public to visitor.',
    );
  });

  it('a role that only reads', async () => {
    expect(await refusal(at('reader'))).toBe(
      'The database confab_team takes no writes from reader, since default_transaction_read_only is on: alter role reader reset default_transaction_read_only, and the same for the database.',
    );
  });
});

describe('a node starts', () => {
  it('although the way to the database breaks while it makes the tables', async () => {
    const [primary] = postgres.servers;
    primary?.sql('create database half_made owner confab');
    const cable = await layCable(primary?.port ?? 0);
    const log = createMemoryLog();
    const info = (event: string, fields?: LogFields): void => {
      log.info(event, fields);
      if (fields?.file === '0003-scheduled-messages.sql') cable.pull();
    };
    const warn = (event: string, fields?: LogFields): void => {
      log.warn(event, fields);
      cable.plug();
    };
    const url = `postgres://confab:sword-fish@127.0.0.1:${cable.port}/half_made`;
    const config = readConfig({}, { DATABASE_URL: url });
    const storage = await openStorage({
      config,
      log: { ...log, info, warn },
      purpose: 'this test',
      beside: false,
    });
    expect(await storage.database.rows(sql`select max(number) as newest from migrations`)).toEqual([
      { newest: readdirSync(migrationsFolder).length },
    ]);
    await storage.close();
    cable.close();
    const applied = log.lines.filter(({ event }) => event === 'migrated the database');
    expect(applied).toHaveLength(readdirSync(migrationsFolder).length);
    expect(log.lines.map(({ event }) => event)).toContain('waiting for the database');
  });
});

describe('a node starts, and warns of', () => {
  it('nothing, where all is as it should be', async () => {
    expect(await open(at('confab'))).toEqual([]);
  });

  it('a role that is a superuser', async () => {
    expect(await open(at('second'))).toEqual([
      'the role second is a superuser of the database server: give Confab a role of its own that is none',
    ]);
  });

  it('a name of a database that needs quotes or is too short', async () => {
    expect(await open(at('confab', 'short'))).toEqual([
      'the name short of the database is unusual: 8 to 30 letters, digits, dashes, periods and underscores after a first letter save quotes in all tools',
    ]);
  });

  it('a pooler through which nodes cannot notify each other', async () => {
    const [primary] = postgres.servers;
    const pooler = await startPgBouncer({ ...postgres, target: { port: primary?.port ?? 0 } });
    const url = postgres.url([pooler]);
    const log = createMemoryLog();
    const config = readConfig({}, { DATABASE_URL: url, CONFAB_DATABASE_DIRECT_URL: at('confab') });
    const storage = await openStorage({ config, log, purpose: 'this test', beside: false });
    await vi.waitFor(() => expect(storage.bus.isConnected()).toBe(true));
    await storage.close();
    expect(log.lines.map(({ event }) => event)).toContain(
      'a pooler stands before the database: settings travel with each transaction',
    );
    await pooler.close();
  });
});
