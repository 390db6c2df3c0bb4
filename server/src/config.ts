/**
 * The only reader of environment and flags. `settings` is the one table; `confab --help`, docs/configuration.md and the
 * types come from it. A wrong value is refused with its name, what was expected and what was given.
 */
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { limits } from '@confab/protocol';
import { mailSettings } from './mail-settings.ts';
import type { PushMode } from './notifications/index.ts';
import type { LogLevel } from './platform/log/index.ts';
import { postgresUrlExpected } from './platform/postgres/index.ts';
import { placeExpected, readPlace, type ObjectsPlace } from './platform/objects/index.ts';
import { readAllowed, readProxyUrl, type OutboundSettings } from './platform/outbound/index.ts';
import { Problem } from './platform/problem.ts';
import { clamdExpected, readClamdAddress, type ClamdAddress } from './platform/scanner/index.ts';
import { readRedisUrl, redisUrlExpected } from './platform/redis-address.ts';
import { setting, type Setting } from './setting.ts';
import { addresses, databaseUrl, oneOf, publicUrl, wholeNumber } from './setting-values.ts';

export type { Setting } from './setting.ts';

const proxy = {
  expected: 'a URL like http://proxy.example.org:3128',
  parse: readProxyUrl,
  usual: null,
  usually: 'none',
  secret: true,
} as const;

export const settings = {
  dataFolder: setting({
    env: 'CONFAB_DATA',
    flag: '--data <folder>',
    expected: 'the path of a folder',
    parse: (text) => resolve(text),
    usual: resolve('data'),
    usually: './data, with --demo ./data/demo',
    meaning: 'Everything kept on this machine: the embedded database and its lock',
  }),
  host: setting({
    env: 'CONFAB_HOST',
    flag: '--host <address>',
    expected: 'a host name or an IP address',
    parse: (text) => (/^[\w.:-]+$/.test(text) ? text : undefined),
    usual: 'localhost',
    usually: 'localhost',
    meaning: 'Where to listen; `localhost` is this machine only, `0.0.0.0` (or `::`) every network it is in',
  }),
  port: setting({
    env: 'CONFAB_PORT',
    flag: '--port <number>',
    ...wholeNumber(0, 65_535),
    usual: 8080,
    usually: '8080',
    meaning: 'The port for everything: pages, API and sockets; 0 takes any free one',
  }),
  publicUrl: setting<string | null>({
    env: 'CONFAB_URL',
    flag: '--url <url>',
    expected: 'a URL like https://chat.example.org, without a path',
    parse: publicUrl,
    usual: null,
    usually: 'wherever people found it',
    meaning: 'Where people reach Confab: for links in invitations, the check of origins, and secure cookies',
  }),
  databaseUrl: setting<string | null>({
    env: 'DATABASE_URL',
    flag: null,
    expected: postgresUrlExpected,
    parse: databaseUrl,
    usual: null,
    usually: 'the embedded database',
    meaning:
      'A Postgres 14 or newer to use instead of the embedded one: a host, several of which one is the primary, or a balancer or pooler before them. Needed as soon as there are two nodes',
    secret: true,
  }),
  databaseDirectUrl: setting<string | null>({
    env: 'CONFAB_DATABASE_DIRECT_URL',
    flag: null,
    expected: postgresUrlExpected,
    parse: databaseUrl,
    usual: null,
    usually: 'DATABASE_URL',
    meaning:
      'The same database past a pooler such as PgBouncer in transaction mode, through which nodes cannot notify each other: one connection of each node. Of no use where the nodes have a Redis that never fails',
    secret: true,
  }),
  databaseConnections: setting({
    env: 'CONFAB_DATABASE_CONNECTIONS',
    flag: '--database-connections <number>',
    ...wholeNumber(2, 200),
    usual: 10,
    usually: '10',
    meaning: 'Connections this node opens to the database at most; one more listens for other nodes',
  }),
  redisUrl: setting<string | null>({
    env: 'REDIS_URL',
    flag: null,
    expected: redisUrlExpected,
    parse: (text) => (readRedisUrl(text) === null ? undefined : text),
    usual: null,
    usually: 'Postgres notifies the nodes',
    meaning:
      'A Redis 6 or newer, or a Valkey, by which nodes that share a database tell each other what is new. `?ca=FILE` after rediss:// names a certificate to trust, `?sentinel_password=…` is for the Sentinels',
    secret: true,
  }),
  nodeName: setting({
    env: 'CONFAB_NODE_NAME',
    flag: '--node-name <name>',
    expected: 'letters, digits, dots and hyphens, at most 63',
    parse: (text) => (/^[A-Za-z0-9.-]{1,63}$/.test(text) ? text : undefined),
    usual: hostname()
      .replace(/[^A-Za-z0-9.-]/g, '-')
      .slice(0, 63),
    usually: "the machine's name",
    meaning: 'What logs, metrics and other nodes call this node; no two living nodes have one name',
  }),
  trustedProxies: setting<readonly string[]>({
    env: 'CONFAB_TRUSTED_PROXIES',
    flag: '--trusted-proxies <list>',
    expected: 'IP addresses or networks like 10.0.0.0/8, separated by commas',
    parse: addresses,
    usual: [],
    usually: 'none',
    meaning: 'Balancers whose X-Forwarded-For is believed',
  }),
  eventRetentionDays: setting({
    env: 'CONFAB_EVENT_RETENTION_DAYS',
    flag: '--event-retention-days <days>',
    ...wholeNumber(1, 3_650),
    usual: 30,
    usually: '30',
    meaning:
      'How long events are kept for those who come back; whoever was away longer reloads. Messages are kept for ever',
  }),
  callsPerMinute: setting({
    env: 'CONFAB_CALLS_PER_MINUTE',
    flag: '--calls-per-minute <number>',
    ...wholeNumber(1, 100_000_000),
    usual: limits.callsPerMinute,
    usually: String(limits.callsPerMinute),
    meaning: 'Calls a person makes per minute, all doors and all nodes together',
  }),
  sendsPerMinute: setting({
    env: 'CONFAB_SENDS_PER_MINUTE',
    flag: '--sends-per-minute <number>',
    ...wholeNumber(1, 100_000_000),
    usual: limits.sendsPerMinute,
    usually: String(limits.sendsPerMinute),
    meaning: 'Messages a person sends per minute, on all nodes together',
  }),
  files: setting<ObjectsPlace | null>({
    env: 'CONFAB_FILES',
    flag: '--files <place>',
    expected: placeExpected,
    parse: readPlace,
    usual: null,
    usually: 'files in the data folder',
    meaning:
      'Where uploaded files are kept: a folder, which with several nodes is a share that all of them mount, or a bucket of an S3-compatible store, whose keys come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  }),
  fileMegabytesMax: setting({
    env: 'CONFAB_FILE_MEGABYTES',
    flag: '--file-megabytes <number>',
    ...wholeNumber(1, 5_000),
    usual: 100,
    usually: '100',
    meaning: 'The largest file that can be uploaded, in megabytes (1,000,000 bytes)',
  }),
  fileMegabytesPerPerson: setting({
    env: 'CONFAB_FILES_PER_PERSON_MEGABYTES',
    flag: '--files-per-person-megabytes <number>',
    ...wholeNumber(0, 100_000_000),
    usual: 0,
    usually: '0, no limit',
    meaning: 'What all files of one person may take together, in megabytes',
  }),
  clamd: setting<ClamdAddress | null>({
    env: 'CONFAB_CLAMD',
    flag: '--clamd <address>',
    expected: clamdExpected,
    parse: readClamdAddress,
    usual: null,
    usually: 'none',
    meaning:
      'The virus scanner (clamd of ClamAV) that has to let a file through before anybody gets it. Set it on every node',
  }),
  previews: setting({
    env: 'CONFAB_PREVIEWS',
    flag: '--previews <choice>',
    expected: 'on or off',
    parse: (text) => ({ on: true, off: false })[text],
    usual: false,
    usually: 'off',
    meaning: 'Cards under messages of what their links lead to; the node asks those pages for it',
  }),
  outboundAllow: setting<readonly string[]>({
    env: 'CONFAB_OUTBOUND_ALLOW',
    flag: '--outbound-allow <list>',
    expected: 'hosts like wiki.example.org or 10.0.0.7:8080, separated by commas',
    parse: readAllowed,
    usual: [],
    usually: 'none',
    meaning:
      'What may be asked for previews and notifications although it is inside your network or on another port',
  }),
  httpProxy: setting<string | null>({
    env: 'HTTP_PROXY',
    flag: null,
    ...proxy,
    meaning: 'The forward proxy for requests to the outside by http',
  }),
  httpsProxy: setting<string | null>({
    env: 'HTTPS_PROXY',
    flag: null,
    ...proxy,
    meaning: 'The same by https, through a tunnel',
  }),
  noProxy: setting<readonly string[]>({
    env: 'NO_PROXY',
    flag: null,
    expected: 'hosts like example.org, which holds for all below it, separated by commas',
    parse: (text) => text.split(',').flatMap((one) => one.trim() || []),
    usual: [],
    usually: 'none',
    meaning: 'What is asked without a proxy; `*` for everything',
  }),
  pushMode: setting<PushMode>({
    env: 'CONFAB_PUSH',
    flag: '--push <mode>',
    ...oneOf('off', 'on', 'without-content'),
    usual: 'off',
    usually: 'off',
    meaning:
      'Notify browsers whose page is closed, which goes by the push services of their makers: encrypted, so that those learn who is notified and when, and not of what. `without-content` sends only that there is something new',
  }),
  ...mailSettings,
  workers: setting({
    env: 'CONFAB_WORKERS',
    flag: '--workers <number>',
    ...wholeNumber(1, 64),
    usual: 1,
    usually: '1',
    meaning:
      'Processes that serve on the one port, each a node of its own; as many as the machine has cores to spare',
  }),
  drainSeconds: setting({
    env: 'CONFAB_DRAIN_SECONDS',
    flag: '--drain-seconds <seconds>',
    ...wholeNumber(0, 600),
    usual: 20,
    usually: '20',
    meaning: 'How long a node that is told to stop may take to finish what was begun',
  }),
  logLevel: setting<LogLevel>({
    env: 'CONFAB_LOG_LEVEL',
    flag: '--log-level <level>',
    ...oneOf('debug', 'info', 'warn', 'error', 'silent'),
    usual: 'info',
    usually: 'info',
    meaning: 'What is worth a line on standard error',
  }),
  logFormat: setting<'auto' | 'text' | 'json'>({
    env: 'CONFAB_LOG_FORMAT',
    flag: '--log-format <format>',
    ...oneOf('auto', 'text', 'json'),
    usual: 'auto',
    usually: 'auto',
    meaning: '`text` for people, `json` for machines, `auto` text in a terminal and json elsewhere',
  }),
  demo: setting({
    env: 'CONFAB_DEMO',
    flag: '--demo',
    expected: 'yes or no',
    parse: (text) => ({ yes: true, true: true, '1': true, no: false, false: false, '0': false })[text],
    usual: false,
    usually: 'no',
    meaning: 'Fill an empty database with a lively workspace to look at, in a folder of its own',
  }),
} as const;

export type SettingName = keyof typeof settings;

export type Config = {
  readonly [Name in SettingName]: (typeof settings)[Name] extends Setting<infer Value> ? Value : never;
};

/** What the command line was given: the text of each flag, or true for a flag without a value. */
export type Flags = { readonly [Name in SettingName]?: string | boolean | undefined };

/** Flags as the environment says the same, for a process that gets no flags. */
export function environmentOf(flags: Flags): Record<string, string> {
  const given = Object.entries(flags).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [settings[name as SettingName].env, String(value)]));
}

/**
 * A flag comes before the environment, and that before the default; an empty variable counts as none.
 * Throws a Problem for a value that is not right.
 */
export function readConfig(flags: Flags, environment: NodeJS.ProcessEnv = process.env): Config {
  const entries = Object.entries(settings).map(([name, one]) => {
    const flag = flags[name as SettingName];
    if (flag !== undefined)
      return [name, typeof flag === 'boolean' ? flag : parsed(one, flagName(one), flag)];
    const text = environment[one.env];
    return [name, text === undefined || text === '' ? one.usual : parsed(one, one.env, text)];
  });
  const config = Object.fromEntries(entries) as Config;
  const ownFolder = flags.dataFolder !== undefined || Boolean(environment[settings.dataFolder.env]);
  return config.demo && !ownFolder ? { ...config, dataFolder: resolve('data/demo') } : config;
}

/** Where files are kept. */
export function filesPlace({ files, dataFolder }: Pick<Config, 'files' | 'dataFolder'>): ObjectsPlace {
  return files ?? { kind: 'folder', folder: join(dataFolder, 'files') };
}

/** How the outside is asked. */
export function outboundSettings(config: Config): OutboundSettings {
  const { outboundAllow: allow, httpProxy: http, httpsProxy: https, noProxy: except } = config;
  return { allow, proxies: { http, https, except } };
}

/** Variables that look like settings and are none, probably by a slip of the pen. */
export function unknownVariables(environment: NodeJS.ProcessEnv = process.env): string[] {
  const known = new Set<string>(Object.values(settings).map((one) => one.env));
  return Object.keys(environment).filter((name) => name.startsWith('CONFAB_') && !known.has(name));
}

function parsed(one: Setting<unknown>, name: string, text: string): unknown {
  const value = one.parse(text);
  if (value !== undefined) return value;
  const given = one.secret === true ? 'something else' : JSON.stringify(text);
  throw new Problem(`${name} should be ${one.expected}; it is ${given}.`);
}

/** `--port <number>` → `--port`. */
function flagName({ flag, env }: Setting<unknown>): string {
  return flag?.split(' ')[0] ?? env;
}
