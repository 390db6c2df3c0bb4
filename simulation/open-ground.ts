import { cloneTestDatabase, startTestPostgres } from '../tests/support/postgres.ts';
import { createGround, type Ground } from './ground.ts';
import type { World } from './worlds.ts';

/**
 * A ground on a Postgres of its own: the transactions of others would show in what readers of the whole log may read
 * yet. Takes two seconds.
 */
export async function openGround(world: World): Promise<{ ground: Ground; close(): Promise<void> }> {
  const postgres = await startTestPostgres();
  try {
    const { address, close } = await cloneTestDatabase(postgres.address, 1);
    const ground = await createGround(address, world);
    return {
      ground,
      async close() {
        await ground.close();
        await close();
        await postgres.stop();
      },
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}
