import type { Rows } from '../rows.ts';

/** What the long run is made of. Each part starts its own servers and takes them away. */
export interface PartOptions {
  readonly rows: Rows;
  readonly members: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly onProgress: (line: string) => void;
}
