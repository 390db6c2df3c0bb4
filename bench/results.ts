/** The history of results: a file per release and kind in bench/results/, with the machine it was measured on. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** @returns the file, from the top of the tree */
export function saveResult(kind: string, result: object): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: root,
    encoding: 'utf8',
  }).trim();
  const date = new Date().toISOString();
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
  };
  const file = join('bench/results', `${version}-${date.slice(0, 10)}-${commit}-${kind}.json`);
  mkdirSync(join(root, 'bench/results'), { recursive: true });
  writeFileSync(
    join(root, file),
    `${JSON.stringify({ kind, version, commit, date, machine, ...result }, null, 2)}\n`,
  );
  return file;
}
