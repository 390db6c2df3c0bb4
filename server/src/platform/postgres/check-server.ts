/** What an operator has to mend before a database can be used: one sentence each, saying what, where and how. */
import { sql } from '../../kit/sql.ts';
import { Fault } from '../fault.ts';
import { Problem } from '../problem.ts';
import { readServers, type PostgresAddress } from './address.ts';
import { BadStatement } from './faults.ts';
import type { Tx } from './index.ts';

const oldestVersion = 14;
/** What deployment guides and their tools rely on: quotes around it are never needed. */
const usualName = /^[A-Za-z][A-Za-z0-9._-]{7,29}$/;

interface ServerFacts {
  version: number;
  encoding: string;
  database: string;
  role: string;
  superuser: boolean;
  read_only: boolean;
  schema: string | null;
  may_create: boolean | null;
}

/**
 * Throws a Problem for a database that cannot be used.
 * @returns a warning for each thing that can, and should be otherwise
 */
export async function checkServer(database: Tx): Promise<string[]> {
  const [facts] = await database.rows<ServerFacts>(sql`
    select current_setting('server_version_num')::int / 10000 as version,
      current_setting('server_encoding') as encoding, current_database() as database, current_user as role,
      (select rolsuper from pg_roles where rolname = current_user) as superuser,
      current_setting('default_transaction_read_only') = 'on' as read_only, current_schema() as schema,
      has_schema_privilege(current_schema(), 'create') as may_create`);
  if (facts === undefined) return [];
  const refused = whyRefused(facts);
  if (refused !== null) throw new Problem(refused);
  return warnings(facts);
}

function whyRefused(facts: ServerFacts): string | null {
  const { version, encoding, database, role, schema } = facts;
  if (version < oldestVersion) {
    return `The database is Postgres ${version}, and Confab needs ${oldestVersion} or newer: upgrade it with pg_upgrade, or move it to a newer server.`;
  }
  if (encoding !== 'UTF8') {
    return `The database ${database} is encoded in ${encoding}, and Confab needs UTF8: make a new one with create database ${database}_utf8 encoding 'UTF8' template template0, and name it in DATABASE_URL.`;
  }
  if (facts.read_only) {
    return `The database ${database} takes no writes from ${role}, since default_transaction_read_only is on: alter role ${role} reset default_transaction_read_only, and the same for the database.`;
  }
  if (schema === null) {
    return `In the database ${database} the search_path of ${role} leads to no schema: alter role ${role} reset search_path.`;
  }
  if (facts.may_create !== true) {
    return `The role ${role} may not make tables in the schema ${schema} of ${database}: alter database ${database} owner to ${role}, or grant create on schema ${schema} to ${role}.`;
  }
  return null;
}

function warnings({ database, role, superuser }: ServerFacts): string[] {
  return [
    ...(superuser
      ? [`the role ${role} is a superuser of the database server: give Confab a role of its own that is none`]
      : []),
    ...(usualName.test(database)
      ? []
      : [
          `the name ${database} of the database is unusual: 8 to 30 letters, digits, dashes, periods and underscores after a first letter save quotes in all tools`,
        ]),
  ];
}

/** Why it cannot be used, so that it ends the sentence "The database of DATABASE_URL cannot be used: …". */
export function whyUnusable(error: unknown, address: PostgresAddress): string {
  const servers = readServers(address) ?? [];
  const where = servers.map(({ name }) => name).join(', ');
  const { user = '', database = '' } = servers[0] ?? {};
  const said = error instanceof BadStatement ? error.reason : (error as Error).message;
  switch (causeCode(error)) {
    case '28P01':
      return `${where} refuses the password of ${user}; write the right one, with %40 for @, %2F for / and %23 for #`;
    case '28000':
      return `${where} does not let ${user} in (${causeText(error)}); pg_hba.conf on the server has to allow it`;
    case '3D000':
      return `there is no database ${database} on ${where}; make it with: create database "${database}" encoding 'UTF8' template template0 owner "${user}"`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `nobody knows the name of ${where}; check it, and the name server of this machine`;
    case 'ECONNREFUSED':
      return `nothing listens at ${where}; start the database there, or name the right host and port`;
    default:
      return /replica/.test(said) && servers.length === 1
        ? `${where} is a replica and takes no writes; name the primary, or all servers between commas`
        : said;
  }
}

function causeOf(error: unknown): unknown {
  const { cause } = error instanceof Fault ? error : { cause: null };
  return cause instanceof AggregateError ? cause.errors[0] : cause;
}

function causeCode(error: unknown): string {
  const cause = causeOf(error);
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
}

function causeText(error: unknown): string {
  const cause = causeOf(error);
  return cause instanceof Error ? cause.message : '';
}
