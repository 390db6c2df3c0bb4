/** Plays every script beside this file, in one process and against three nodes. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startCluster } from '../support/cluster.ts';
import { playScript } from './play.ts';
import { createWorld } from './world.ts';

const scripts = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.talk'));

test('there are scripts', () => expect(scripts.length).toBeGreaterThan(5));

describe.each([
  ['one node', 1],
  ['three nodes', 3],
])('on %s', (_name, nodes) => {
  test.each(scripts)('%s', { timeout: 60_000 }, async (file) => {
    const cluster = await startCluster({ nodes });
    const world = createWorld(cluster);
    try {
      await playScript(world, join(import.meta.dirname, file));
    } finally {
      await world.close();
      await cluster.close();
    }
  });
});
