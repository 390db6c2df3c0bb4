/** The process: config → storage → platform → app → listen → drain. */
import { limits } from '@confab/protocol';
import { addressForOthers, isEverywhere } from './address-for-others.ts';
import { createApp, type App, type AppSettings, type Platform } from './app.ts';
import { joinCluster, type Membership } from './cluster/index.ts';
import { filesPlace, outboundSettings, unknownVariables, type Config } from './config.ts';
import { examineFor } from './open-doctor.ts';
import { openMail } from './open-mail.ts';
import { openStorage, type Storage } from './open-storage.ts';
import { systemClock, type Timer } from './platform/clock/index.ts';
import { createSharpImages } from './platform/images/index.ts';
import { createPinoLog, type Log } from './platform/log/index.ts';
import type { Mail } from './platform/mail/index.ts';
import { openObjects } from './platform/objects/index.ts';
import { createUndiciOutbound } from './platform/outbound/index.ts';
import { createArgon2Passwords } from './platform/passwords/index.ts';
import { patiently } from './platform/patience.ts';
import { Problem, systemCode } from './platform/problem.ts';
import { systemRandom } from './platform/random/index.ts';
import { createClamdScanner } from './platform/scanner/index.ts';
import { openSocketWriter } from './platform/socket-writer/index.ts';
import { createSystemTools } from './platform/tools/index.ts';
import { createSystemVitals, releaseMemory } from './platform/vitals/index.ts';
import { pageFolder, programVersion, socketWriterFile } from './program.ts';
import { startDemo } from './start-demo.ts';

/**
 * @param surroundings.say prints a line for whoever started the program
 * @param surroundings.stop resolves when it is to finish; usually at the first signal
 */
export async function runServer(
  config: Config,
  { say, stop: told }: { say: (line: string) => void; stop?: Promise<void> },
): Promise<void> {
  const log = openLog(config);
  const stop = told ?? untilStopped(log);
  process.on('uncaughtException', (error) => {
    log.error('a bug ended the process', { error });
    process.exit(1);
  });
  for (const name of unknownVariables()) log.warn('this variable is no setting of Confab', { name });

  const mail = openMail(config);
  const storage = await openStorage({ config, log, purpose: 'confab start', beside: false });
  try {
    await serve({ config, storage, mail, log, stop, say });
  } finally {
    await storage.close();
  }
  log.info('stopped');
}

/** After it is up, a node that nobody uses has had nothing to do for so long. */
const quietMs = 5_000;

interface Serving {
  config: Config;
  storage: Storage;
  mail: Mail | null;
  log: Log;
  stop: Promise<void>;
  say: (line: string) => void;
}

/** Until told to stop. */
async function serve({ config, storage, mail, log, stop, say }: Serving): Promise<void> {
  const { database, bus } = storage;
  const platform: Platform = {
    clock: systemClock,
    random: systemRandom,
    log,
    database,
    bus,
    passwords: createArgon2Passwords(),
    images: createSharpImages(),
    objects: openObjects(filesPlace(config), systemClock),
    tools: createSystemTools({ clock: systemClock }),
    socketWriter: openSocketWriter(socketWriterFile),
    vitals: createSystemVitals(),
    outbound: createUndiciOutbound({ ...outboundSettings(config), clock: systemClock }),
    ...(mail === null ? {} : { mail }),
    ...(config.clamd === null
      ? {}
      : { scanner: createClamdScanner({ address: config.clamd, clock: systemClock }) }),
    examine: (area) => examineFor(config, area),
  };
  const settings: AppSettings = { ...config, version: programVersion(), pageFolder };
  let app: App | null = null;
  let releasing: Timer | null = null;
  const membership = await join(platform, settings, config, () => app?.node.connections.count ?? 0);
  try {
    const demo = config.demo ? await startDemo(platform, settings) : null;
    app = await createApp(platform, settings);
    const address = await listen(app, config);
    releasing = releaseWhatStartingTook(app);
    membership.serve(addressForOthers(address, config));
    demo?.talkOn(app.node.handlers);
    await greet({ app, config, address, hint: demo?.hint ?? null, say });
    log.info('listening', { address, version: settings.version });
    const lost = await Promise.race([stop.then(() => null), storage.lost, membership.lost]);
    if (lost !== null) throw new Problem(lost);
    demo?.stop();
    membership.drain();
    await drain(app, config, log);
  } finally {
    releasing?.cancel();
    await app?.close();
    await membership.leave();
  }
}

/** Some 40 MB. Not while somebody would notice the pause; a node that has work to do collects by itself. */
function releaseWhatStartingTook({ node }: App): Timer {
  releaseMemory();
  return systemClock.after(quietMs, () => {
    if (node.connections.count === 0) releaseMemory();
  });
}

function join(
  { database, clock, log, random }: Platform,
  { version }: AppSettings,
  { nodeName, databaseUrl, publicUrl }: Config,
  connections: () => number,
): Promise<Membership> {
  if (publicUrl !== null && new URL(publicUrl).hostname === nodeName.toLowerCase()) {
    log.warn('this node is called like the address of all: name it with --node-name', { name: nodeName });
  }
  return joinCluster({
    database,
    clock,
    logbook: log,
    id: random.id(),
    name: nodeName,
    version,
    alone: databaseUrl === null,
    connections,
  });
}

export function openLog(config: Pick<Config, 'logLevel' | 'logFormat' | 'nodeName'>): Log {
  const { logLevel: level, logFormat } = config;
  const forPeople = logFormat === 'text' || (logFormat === 'auto' && process.stderr.isTTY);
  const log = createPinoLog({ level, format: forPeople ? 'text' : 'json' });
  return forPeople ? log : log.with({ node: config.nodeName });
}

/** Resolves at the first signal; the second ends the process at once, and with it the embedded database. */
export function untilStopped(log: Log): Promise<void> {
  return new Promise((resolve) => {
    let told = false;
    const heed = (signal: NodeJS.Signals): void => {
      if (told) process.exit(130);
      told = true;
      log.info('stopping; once more to stop at once', { signal });
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, heed);
  });
}

async function listen(app: App, { host, port }: Config): Promise<string> {
  try {
    const taken = await app.listen({ host, port });
    return `http://${isEverywhere(host) ? 'localhost' : bracketed(host)}:${taken}`;
  } catch (error) {
    throw listenProblem(error, host, port);
  }
}

function listenProblem(error: unknown, host: string, port: number): unknown {
  switch (systemCode(error)) {
    case 'EADDRINUSE':
      return new Problem(
        `Port ${port} is taken: stop what listens there, or choose another one with --port.`,
        error,
      );
    case 'EACCES':
      return new Problem(
        `This user may not listen on port ${port}: choose one above 1023 with --port.`,
        error,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new Problem(`${host} is no address of this machine: choose another one with --host.`, error);
    case null:
    default:
      return error;
  }
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

interface Greeting {
  app: App;
  config: Config;
  address: string;
  hint: string | null;
  say: (line: string) => void;
}

async function greet({ app, config, address, hint, say }: Greeting): Promise<void> {
  const nobody = { address: '127.0.0.1', userAgent: 'confab', startSession() {}, endSession() {} };
  // It serves by now: a balancer before the database that is changed just then must not end it.
  const { setUp } = await patiently({ clock: systemClock, ms: limits.writePatienceMs }, () =>
    app.node.handlers['workspace.about'](nobody, {}),
  );
  const lines = [`Confab is ready at ${address}`];
  if (config.publicUrl !== null) lines.push(`People reach it at ${config.publicUrl}`);
  if (hint !== null) lines.push(hint);
  else if (!setUp) lines.push('Nobody is here yet: open it to name the workspace and become its owner.');
  say(lines.join('\n'));
}

async function drain(app: App, { drainSeconds, databaseUrl }: Config, log: Log): Promise<void> {
  const limitMs = drainSeconds * 1_000;
  // Where there are other nodes, they should not get everyone in the same moment.
  const spreadMs = databaseUrl === null ? 0 : limitMs / 4;
  const inTime = await new Promise<boolean>((resolve, reject) => {
    const limit = systemClock.after(limitMs, () => resolve(false));
    app
      .drain({ spreadMs })
      .then(() => resolve(true), reject)
      .finally(limit.cancel);
  });
  if (!inTime) log.warn('not everything was finished in time', { seconds: drainSeconds });
}
