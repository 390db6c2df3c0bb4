/** Plays every script beside this file, in one process and against three nodes. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startCluster } from '../support/cluster.ts';
import { steps } from './steps.ts';
import { createWorld, type World } from './world.ts';

const scripts = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.talk'));

async function play(world: World, line: string): Promise<void> {
  for (const [sentence, run] of steps) {
    const found = sentence.exec(line);
    if (found) return run(world, { ...found.groups });
  }
  throw new Error('no sentence fits; steps.ts lists those there are');
}

test('there are scripts', () => expect(scripts.length).toBeGreaterThan(5));

describe.each([
  ['one node', 1],
  ['three nodes', 3],
])('on %s', (_name, nodes) => {
  test.each(scripts)('%s', { timeout: 60_000 }, async (file) => {
    const cluster = await startCluster({ nodes });
    const world = createWorld(cluster);
    try {
      const lines = readFileSync(join(import.meta.dirname, file), 'utf8').split('\n');
      for (const [index, line] of lines.entries()) {
        if (line.trim() === '' || line.startsWith('#')) continue;
        await play(world, line).catch((error: unknown) => {
          throw new Error(
            `${file}:${index + 1}: ${line}\n${error instanceof Error ? error.message : String(error)}`,
            { cause: error },
          );
        });
      }
    } finally {
      await world.close();
      await cluster.close();
    }
  });
});
