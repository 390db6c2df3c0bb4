import { limits } from '../limits.ts';

/**
 * What one parse may still make, and what it has spent. `tokens` bounds the result whatever the text is; `steps` counts
 * every turn of every loop, so that a test can see the work grow with the text and no faster.
 */
export type Budget = { tokens: number; steps: number };

export function newBudget(): Budget {
  return { tokens: limits.markdownTokensMax, steps: 0 };
}
