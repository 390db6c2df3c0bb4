import { afterAll, describe, expect, it } from 'vitest';
import type { ExaminedArea } from '@confab/protocol';
import { testPlatform, testSettings } from '../../../tests/support/platform.ts';
import { callerFor } from '../../../tests/support/small-world.ts';
import { createTestDatabase } from '../../../tests/support/test-database.ts';
import { createNode } from '../app.ts';

const { database, close } = await createTestDatabase();
const looks: { area: ExaminedArea; end: () => void }[] = [];
const row = {
  ids: ['PG-2'],
  title: 'encoding',
  status: 'fail',
  found: 'LATIN1',
  mend: 'Make it anew.',
} as const;
const node = await createNode(
  {
    ...testPlatform(database),
    examine: (area) => new Promise((resolve) => looks.push({ area, end: () => resolve([row]) })),
  },
  { ...testSettings, nodeName: 'north' },
);
const bare = await createNode(testPlatform(database), testSettings);
afterAll(async () => {
  await node.close();
  await bare.close();
  await close();
});

const ask = (area: ExaminedArea, role: 'owner' | 'admin' | 'member' = 'admin') =>
  node.handlers['workspace.examine'](callerFor('1', role), { area });

describe('an examination', () => {
  it('is for administrators', async () => {
    await expect(ask('postgres', 'member')).rejects.toMatchObject({ code: 'forbidden' });
    const reply = await node.dispatch.call(
      'workspace.examine',
      { area: 'postgres' },
      callerFor('1'),
      'socket',
    );
    expect(reply).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    expect(looks).toEqual([]);
  });

  it('is done once for all who want it at the same time, and anew for whoever comes later', async () => {
    const [first, second, other] = [ask('postgres'), ask('postgres', 'owner'), ask('redis')];
    expect(looks.map(({ area }) => area)).toEqual(['postgres', 'redis']);
    for (const { end } of looks) end();
    expect(await first).toMatchObject({ node: 'north', rows: [row] });
    expect(await second).toEqual(await first);
    await other;
    const later = ask('postgres');
    expect(looks.map(({ area }) => area)).toEqual(['postgres', 'redis', 'postgres']);
    looks.at(-1)?.end();
    await later;
  });

  it.each(['attic', '', '__proto__', 7, null, ['postgres']])('knows no area %j', async (area) => {
    const reply = await node.dispatch.call('workspace.examine', { area }, callerFor('1', 'admin'), 'socket');
    expect(reply).toMatchObject({ ok: false, error: { code: 'invalid' } });
  });

  it('is refused where nothing can be looked at', async () => {
    const asked = bare.handlers['workspace.examine'](callerFor('1', 'admin'), { area: 'files' });
    await expect(asked).rejects.toMatchObject({ code: 'unavailable' });
  });
});
