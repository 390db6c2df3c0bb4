/** Where a database is: a URL from an operator, or the private socket of the embedded one. */
export type PostgresAddress = { url: string } | { socketFolder: string; user: string; database: string };

/** The same server with another database. */
export function inDatabase(address: PostgresAddress, database: string): PostgresAddress {
  if (!('url' in address)) return { ...address, database };
  const url = new URL(address.url);
  url.pathname = `/${encodeURIComponent(database)}`;
  return { url: url.href };
}

/** What the driver wants to know. The environment's PG* variables must not change where the embedded one is looked for. */
export function connectionConfig(address: PostgresAddress): {
  connectionString?: string;
  host?: string;
  port?: number;
  user?: string;
  database?: string;
  ssl?: boolean;
} {
  if ('url' in address) return { connectionString: address.url };
  const { socketFolder, user, database } = address;
  return { host: socketFolder, port: 5432, user, database, ssl: false };
}
