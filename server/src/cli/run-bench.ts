import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BenchProblem,
  benchPage,
  benchTable,
  gatherSeats,
  isClean,
  profiles,
  runBench,
  startServer,
  type BenchServer,
} from '@confab/bench/index';
import { Problem } from '../platform/problem.ts';
import { programVersion } from '../program.ts';
import type { BenchOptions } from './bench-command.ts';
import type { Surroundings } from './flags.ts';

/** Ends with 1 when anything that was acknowledged is lost, doubled or out of order. */
export async function runBenchCommand({ output }: Surroundings, options: BenchOptions): Promise<void> {
  const profile = profiles[options.profile];
  const { people = profile.people, rate = profile.perSecond } = options;
  const { connections = people } = options;
  const onProgress = (line: string): void => void process.stderr.write(`${line}\n`);
  // Before anything is measured: afterwards it would be a pity.
  if (options.report !== undefined) writeReport(options.report, '');
  let server: BenchServer | null = null;
  try {
    server = await reach(options);
    const { url, token } = server;
    const seats = await gatherSeats({ url, token, profile, people, connections, onProgress });
    const result = await runBench({
      ...options,
      profile,
      url,
      seats,
      people,
      perSecond: rate,
      warmUpSeconds: options.warmUp,
      version: options.target === undefined ? programVersion() : null,
      pids: () => server?.pids() ?? [],
      loadFile: join(import.meta.dirname, 'load.js'),
      execArgv: [],
      onProgress,
    });
    if (options.report !== undefined) writeReport(options.report, benchPage(result));
    output.record(result, benchTable(result));
    if (!isClean(result.account)) process.exitCode = 1;
  } catch (error) {
    if (error instanceof BenchProblem) throw new Problem(error.message);
    throw error;
  } finally {
    await server?.close();
  }
}

async function reach({ target, tokenFile, pids }: BenchOptions): Promise<BenchServer> {
  if (target === undefined) {
    if (tokenFile !== undefined || pids !== undefined)
      throw new Problem('--token-file and --pids say something of a server that --target names.');
    return startServer(process.argv[1] ?? '');
  }
  if (tokenFile === undefined)
    throw new Problem('With --target, --token-file is needed: who may add people there.');
  const token = readToken(tokenFile);
  return { url: readUrl(target), token, pids: () => pids ?? [], close: async () => {} };
}

function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && ['http:', 'https:'].includes(url.protocol) && url.pathname === '/') return url.origin;
  throw new Problem(`--target should be an address such as https://chat.example.org, and not ${text}`);
}

function readToken(file: string): string {
  let token = '';
  try {
    token = readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new Problem(`The token in ${file} cannot be read: ${(error as Error).message}`);
  }
  if (/^cft_[\w-]{20,100}$/.test(token)) return token;
  throw new Problem(`In ${file} there should be an access token and nothing else; it begins with cft_.`);
}

function writeReport(file: string, page: string): void {
  try {
    writeFileSync(file, page);
  } catch (error) {
    throw new Problem(`The report cannot be written: ${(error as Error).message}`);
  }
}
