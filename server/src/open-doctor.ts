import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ExaminedArea } from '@confab/protocol';
import { knowsNodes, listNodes, type LivingNode } from './cluster/index.ts';
import { unknownVariables, type Config } from './config.ts';
import {
  examineArea,
  type DoctorDeps,
  type EmbeddedState,
  type Reach,
  type Row,
  type Settings,
} from './doctor/index.ts';
import { openMail } from './open-mail.ts';
import { sql } from './kit/sql.ts';
import { systemClock } from './platform/clock/index.ts';
import { Fault } from './platform/fault.ts';
import { createPinoLog } from './platform/log/index.ts';
import { createSystemMachine } from './platform/machine/index.ts';
import type { Mail } from './platform/mail/index.ts';
import { createSystemNetwork, type Network } from './platform/network/index.ts';
import { openObjects } from './platform/objects/index.ts';
import { findPostgresWays } from './platform/postgres-way.ts';
import {
  BadStatement,
  createPool,
  findEmbeddedPostgres,
  inspectEmbeddedPostgres,
  pendingMigrations,
  type Database,
  type PostgresAddress,
} from './platform/postgres/index.ts';
import { Problem } from './platform/problem.ts';
import { readRedisUrl } from './platform/redis-address.ts';
import { openRedisTalk, RedisRefusal, type RedisTalk } from './platform/redis-talk.ts';
import { createClamdScanner, type Scanner } from './platform/scanner/index.ts';
import { builder, migrationsFolder, pageFolder, programVersion } from './program.ts';

/** What the doctor finds in an area, from this node and with its settings. */
export async function examineFor(config: Config, area: ExaminedArea): Promise<Row[]> {
  const network = createSystemNetwork({ trusted: [] });
  const doctor = await openDoctor({ config, settings: settingsOf(config), network });
  try {
    return await examineArea(doctor.deps, area);
  } finally {
    await doctor.close();
  }
}

/** What the doctor has to do with: opened for the moment, given back by `close`. */
export async function openDoctor(given: {
  config: Config;
  settings: Settings;
  network: Network;
}): Promise<{ deps: DoctorDeps; close(): Promise<void> }> {
  const { config, settings, network } = given;
  const embedded = embeddedState(config);
  const postgres = await openPostgres(addressOf(config));
  const redis = await openRedis(settings);
  const database = postgres.state === 'open' ? postgres.part : null;
  return {
    deps: {
      settings,
      network,
      postgres,
      redis,
      embedded,
      clock: systemClock,
      machine: createSystemMachine(),
      findWays: findPostgresWays,
      pendingMigrations: (database) => pendingMigrations(database, migrationsFolder),
      openObjects: (place) => openObjects(place, systemClock),
      mail: reachMail(config),
      scanner: reachScanner(config),
      openRedis: openRedisTalk,
      nodes: database === null ? [] : await findNodes(database),
      page: pageState(),
    },
    async close() {
      if (redis.state === 'open') redis.part.close();
      await database?.close();
    },
  };
}

export function settingsOf(config: Config): Settings {
  const { nodeName, host, port, publicUrl, dataFolder, databaseUrl, databaseDirectUrl, databaseConnections } =
    config;
  return {
    version: programVersion(),
    nodeName,
    host,
    port,
    publicUrl,
    dataFolder,
    databaseUrl,
    databaseDirectUrl,
    databaseConnections,
    redis: config.redisUrl === null ? null : readRedisUrl(config.redisUrl),
    trustedProxies: config.trustedProxies,
    unknownVariables: unknownVariables(),
    plainPort: 80,
    timeServers: [],
    filesFolder: config.files?.kind === 'folder' ? config.files.folder : null,
    filesBucket: config.files?.kind === 's3' ? config.files : null,
    mailServer: config.mailServer,
    repliesAt: config.replyAddress === null ? null : config.repliesAt,
  };
}

function reachMail(config: Config): Reach<Mail> {
  try {
    const mail = openMail(config);
    return mail === null ? { state: 'unset' } : { state: 'open', part: mail };
  } catch (error) {
    if (error instanceof Problem) return { state: 'away', reason: error.message };
    throw error;
  }
}

function reachScanner({ clamd }: Config): Reach<Scanner> {
  if (clamd === null) return { state: 'unset' };
  return { state: 'open', part: createClamdScanner({ address: clamd, clock: systemClock }) };
}

function addressOf({ databaseUrl, dataFolder }: Config): PostgresAddress | null {
  if (databaseUrl !== null) return { url: databaseUrl };
  return findEmbeddedPostgres(dataFolder)?.address ?? null;
}

function embeddedState({ databaseUrl, dataFolder }: Config): EmbeddedState {
  if (databaseUrl !== null) return { state: 'not used' };
  const running = findEmbeddedPostgres(dataFolder);
  if (running !== null) return { state: 'running', purpose: running.purpose };
  try {
    return { state: inspectEmbeddedPostgres(dataFolder) === 'new' ? 'new' : 'stopped' };
  } catch (error) {
    if (error instanceof Problem) return { state: 'broken', reason: error.message };
    throw error;
  }
}

async function openPostgres(address: PostgresAddress | null): Promise<Reach<Database>> {
  if (address === null) return { state: 'unset' };
  const log = createPinoLog({ level: 'silent', format: 'json' });
  const database = createPool({ address, log, connectionsMax: 2, applicationName: 'confab doctor' });
  try {
    await database.rows(sql`select 1`);
    return { state: 'open', part: database };
  } catch (error) {
    await database.close();
    if (error instanceof BadStatement) return { state: 'away', reason: error.reason };
    if (error instanceof Fault) return { state: 'away', reason: error.message };
    throw error;
  }
}

async function findNodes(database: Database): Promise<LivingNode[]> {
  try {
    return (await knowsNodes(database)) ? await listNodes(database) : [];
  } catch (error) {
    // A role that may not read it: the check of its rights says so.
    if (error instanceof BadStatement) return [];
    throw error;
  }
}

async function openRedis({ redis }: Settings): Promise<Reach<RedisTalk>> {
  if (redis === null) return { state: 'unset' };
  try {
    return { state: 'open', part: await openRedisTalk(redis) };
  } catch (error) {
    if (error instanceof RedisRefusal || error instanceof Problem)
      return { state: 'away', reason: error.message };
    throw error;
  }
}

function pageState(): DoctorDeps['page'] {
  if (existsSync(join(pageFolder, 'index.html'))) return 'built';
  // A checkout builds what is missing by itself, see bin/confab.js.
  return existsSync(builder) ? 'built at the next start' : 'missing';
}
