import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { steps, type Step } from './steps.ts';
import type { World } from './world.ts';

type Sentences = readonly (readonly [RegExp, Step])[];

/**
 * Plays a script line by line; fails with the line that did not hold.
 * @param more sentences besides those of steps.ts
 */
export async function playScript(world: World, path: string, more: Sentences = []): Promise<void> {
  const lines = readFileSync(path, 'utf8').split('\n');
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    await play(world, line, more).catch((error: unknown) => {
      throw new Error(
        `${basename(path)}:${index + 1}: ${line}\n${error instanceof Error ? error.message : String(error)}`,
        { cause: error },
      );
    });
  }
}

async function play(world: World, line: string, more: Sentences): Promise<void> {
  for (const [sentence, run] of [...more, ...steps]) {
    const found = sentence.exec(line);
    if (found) return run(world, { ...found.groups });
  }
  throw new Error('no sentence fits; steps.ts lists those there are');
}
