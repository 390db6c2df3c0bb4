/** A process of its own with an embedded Postgres, for tests that end it: `embedded-child.ts DATA_FOLDER`. */
import { createPinoLog } from '@confab/server/platform/log/index';
import { startEmbeddedPostgres } from '@confab/server/platform/postgres/index';
import { Problem } from '@confab/server/platform/problem';

const log = createPinoLog({ level: 'warn', format: 'text' });
try {
  const postgres = await startEmbeddedPostgres({
    dataFolder: process.argv[2] ?? '',
    purpose: 'the child',
    log,
  });
  process.stdout.write(`${JSON.stringify(postgres.address)}\n`);
  process.stdin.on('end', () => void postgres.stop());
  process.stdin.resume();
} catch (error) {
  process.stderr.write(error instanceof Problem ? `problem: ${error.message}\n` : String(error));
  process.exitCode = 1;
}
