import { sql } from '../kit/sql.ts';
import type { Database } from '../platform/postgres/index.ts';
import { count, fail, gibibytes, pass, warn, withPostgres, type Check } from './check.ts';
import type { DoctorDeps, Finding } from './check.ts';

const oldestVersion = 14;
/** Beside its pool a node has one that listens; a command or two may look in. */
const connectionsBeside = 2;

export const postgresChecks: readonly Check[] = [
  { ids: ['PG-1', 'PG-7'], title: 'Postgres', run: version },
  { ids: ['PG-1'], title: 'time zone of Postgres', run: withPostgres(timeZone) },
  { ids: ['PG-2'], title: 'encoding', run: withPostgres(encoding) },
  { ids: ['PG-3'], title: 'connections', run: withPostgres(connections) },
  { ids: ['PG-4'], title: 'name of the database', run: withPostgres(name) },
  { ids: ['PG-5'], title: 'role', run: withPostgres(role) },
  { ids: ['PG-5'], title: 'rights', run: withPostgres(rights) },
  { ids: ['PG-6'], title: 'size of the database', run: withPostgres(size) },
];

/** The value that new sessions get; ours set some of their own. */
export async function settingOf(database: Database, setting: string): Promise<string> {
  const [row] = await database.rows<{ value: string | null }>(
    sql`select reset_val as value from pg_settings where name = ${setting}`,
  );
  return row?.value ?? '';
}

async function version({ postgres, embedded, settings }: DoctorDeps): Promise<Finding> {
  const which = embedded.state === 'running' ? `embedded, run by "${embedded.purpose}"` : 'of DATABASE_URL';
  if (embedded.state === 'broken') return fail(embedded.reason, 'As it says.');
  if (postgres.state === 'unset') {
    return pass(embedded.state === 'new' ? 'embedded, made at the first start' : 'embedded, not running now');
  }
  if (postgres.state === 'away') {
    return fail(
      `${which}: ${postgres.reason}`,
      settings.databaseUrl === null
        ? 'Run the doctor as the user who runs Confab.'
        : 'Check DATABASE_URL, that Postgres runs, that it is the primary, and pg_hba.conf.',
    );
  }
  const [row] = await postgres.part.rows<{ version: string; major: number }>(sql`
    select current_setting('server_version') as version, current_setting('server_version_num')::int / 10000 as major`);
  const found = `${which}, ${row?.version}`;
  return (row?.major ?? 0) >= oldestVersion
    ? pass(found)
    : fail(found, `Upgrade to ${oldestVersion} or newer.`);
}

async function timeZone(database: Database): Promise<Finding> {
  const zone = await settingOf(database, 'TimeZone');
  if (/^(Etc\/)?(UTC|UCT|GMT|Zulu|Universal)$/.test(zone)) return pass(zone);
  return warn(zone, "ALTER SYSTEM SET timezone = 'UTC', then SELECT pg_reload_conf().");
}

async function encoding(database: Database): Promise<Finding> {
  const encoding = await settingOf(database, 'server_encoding');
  if (encoding === 'UTF8') return pass(encoding);
  return fail(encoding, 'Create the database anew: CREATE DATABASE … ENCODING UTF8 TEMPLATE template0.');
}

async function connections(database: Database, { settings, nodes }: DoctorDeps): Promise<Finding> {
  const [row] = await database.rows<{ free: number; max: number }>(sql`
    select current_setting('max_connections')::int as max,
      current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as free`);
  const { free = 0, max = 0 } = row ?? {};
  const perNode = settings.databaseConnections + connectionsBeside;
  const nodeCount = Math.max(nodes.length, 1);
  const needed = nodeCount * perNode;
  const found = `${max}, of which ${count(nodeCount, 'node')} may use ${needed}`;
  const mend = `Raise max_connections (the guide has 1000), or lower CONFAB_DATABASE_CONNECTIONS, or put PgBouncer before it.`;
  if (needed > free) return fail(found, mend);
  return needed + perNode > free ? warn(`${found}; one node more would not fit`, mend) : pass(found);
}

async function name(database: Database): Promise<Finding> {
  const [row] = await database.rows<{ name: string }>(sql`select current_database() as name`);
  const name = row?.name ?? '';
  if (/^[A-Za-z][A-Za-z0-9._-]{7,29}$/.test(name)) return pass(name);
  return warn(
    name,
    'The guide wants 8 to 30 letters, digits, dashes, periods, underscores, a letter first. Confab works with any: rename it (ALTER DATABASE … RENAME TO …) where your tools do not.',
  );
}

async function role(database: Database): Promise<Finding> {
  const [row] = await database.rows<{ name: string; powers: string[] }>(sql`
    select rolname as name, array_remove(array[
      case when rolsuper then 'superuser' end,
      case when rolcreaterole then 'createrole' end,
      case when rolcreatedb then 'createdb' end,
      case when rolreplication then 'replication' end,
      case when rolbypassrls then 'bypassrls' end], null) as powers
    from pg_roles where rolname = current_user`);
  const { name = '', powers = [] } = row ?? {};
  if (powers.length === 0) return pass(`${name}, with no power over the server`);
  return warn(
    `${name} is ${powers.join(', ')}`,
    `Let Confab be an ordinary role: CREATE ROLE … LOGIN, owner of its database, and that in DATABASE_URL.`,
  );
}

async function rights(database: Database): Promise<Finding> {
  const [row] = await database.rows<{
    role: string;
    database: string;
    schema: string | null;
    missing: string[];
  }>(sql`
    select current_user as role, current_database() as database, current_schema() as schema, array_remove(array[
      case when not has_database_privilege(current_database(), 'CONNECT') then 'CONNECT' end,
      case when not has_database_privilege(current_database(), 'CREATE') then 'CREATE on the database' end,
      case when not has_database_privilege(current_database(), 'TEMPORARY') then 'TEMPORARY' end,
      case when not coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)
        then 'CREATE on the schema' end,
      case when exists (select from pg_class where relnamespace = current_schema()::regnamespace and relkind = 'r'
        and not (has_table_privilege(oid, 'SELECT') and has_table_privilege(oid, 'INSERT')
          and has_table_privilege(oid, 'UPDATE') and has_table_privilege(oid, 'DELETE')))
        then 'reading or writing some tables' end], null) as missing`);
  const { role = '', database: name = '', missing = [] } = row ?? {};
  if (missing.length === 0) return pass(`${role} may do all it needs in ${name}`);
  return fail(
    `${role} lacks ${missing.join(', ')}`,
    `As superuser: ALTER DATABASE "${name}" OWNER TO "${role}", and ALTER SCHEMA "${row?.schema ?? 'public'}" OWNER TO "${role}".`,
  );
}

async function size(database: Database): Promise<Finding> {
  const [row] = await database.rows<{ bytes: string; kept: string | null; slots: string | null }>(sql`
    select pg_database_size(current_database()) as bytes, max(kept) as kept, string_agg(slot_name, ', ') as slots
    from (select slot_name, pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) as kept from pg_replication_slots
      where not active and wal_status <> 'reserved') idle`);
  const found = `${gibibytes(Number(row?.bytes ?? 0))}; the disk itself is not visible from here`;
  const slots = row?.slots ?? null;
  if (slots === null) return pass(found);
  return warn(
    `${found}; ${gibibytes(Number(row?.kept ?? 0))} of the log are kept for a standby that is away (slot ${slots})`,
    'Start that standby, or SELECT pg_drop_replication_slot(…), before the disk is full.',
  );
}
