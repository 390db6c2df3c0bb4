import { environmentOf, type Config, type Flags } from './config.ts';
import { openLog, runServer, untilStopped } from './main.ts';
import { openStorage, type Storage } from './open-storage.ts';
import { systemClock } from './platform/clock/index.ts';
import { Problem } from './platform/problem.ts';
import { findParent, startWorkers } from './platform/worker-processes.ts';

/** A worker's name has its number behind. */
const nameCharsMax = 60;

/** Serves with as many processes as the configuration says; each is a node of its own on the same port and database. */
export async function runProgram(config: Config, flags: Flags, say: (line: string) => void): Promise<void> {
  const parent = findParent();
  if (parent !== null) return runServer(config, { say: parent.serving, stop: parent.stopping });
  if (config.workers === 1) return runServer(config, { say });
  if (config.demo) throw new Problem('The demo runs in one process: leave out --workers.');

  const log = openLog(config);
  const stop = untilStopped(log);
  const storage = config.databaseUrl === null ? await openForAll(config) : null;
  const workers = startWorkers({
    count: config.workers,
    program: process.argv[1] ?? '',
    args: ['start'],
    envOf: (number) => ({
      ...environmentOf(flags),
      ...(storage === null ? {} : { DATABASE_URL: storage.url }),
      CONFAB_WORKERS: '1',
      CONFAB_NODE_NAME: `${config.nodeName.slice(0, nameCharsMax)}-${number}`,
    }),
    clock: systemClock,
    log,
  });
  try {
    const failed = workers.failed.then(() => {
      throw new Problem('A worker could not start; it says above why.');
    });
    const lost = storage?.lost.then((why) => {
      throw new Problem(why);
    });
    const ends: Promise<unknown>[] = [stop, failed, ...(lost === undefined ? [] : [lost])];
    const words = await Promise.race([workers.serving, ...ends]);
    if (typeof words === 'string') say(words);
    await Promise.race(ends);
  } finally {
    await workers.stop();
    await storage?.close();
  }
  log.info('stopped');
}

/** The database that came along is the parent's, so that it outlives each worker. */
function openForAll(config: Config): Promise<Storage> {
  // One more of each listens for the others.
  const databaseConnections = (config.databaseConnections + 1) * config.workers;
  return openStorage({
    config: { ...config, databaseConnections },
    log: openLog(config),
    purpose: 'confab start',
    beside: false,
  });
}
