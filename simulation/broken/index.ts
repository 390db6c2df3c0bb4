import type { Build } from '../cluster/build.ts';

export const builds: readonly Build[] = [];
