import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (options?: { type: 'minor' | 'major' }) => void;

/**
 * Gives memory back that V8 would keep until it has more to do. Said once more a while later, it also gives back what it
 * set aside for young objects, if few were made in between. Stops the process for some hundredths of a second.
 */
export function releaseMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as Collect;
  setFlagsFromString('--no-expose-gc');
  collect({ type: 'minor' });
  collect();
}
