import type { ExaminedArea, Output } from '@confab/protocol';
import type { Row } from '../doctor/index.ts';
import { administers, type Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Clock } from '../platform/clock/index.ts';

/** Looks at what surrounds this node. */
export type Examine = (area: ExaminedArea) => Promise<readonly Row[]>;

export interface ExamineDeps {
  readonly clock: Clock;
  readonly nodeName: string;
  /** Missing where nothing surrounds the node. */
  readonly examine?: Examine;
}

/** Of each area one look at a time: whoever asks meanwhile gets the same. */
export function createExaminations({ clock, nodeName, examine }: ExamineDeps) {
  const underWay = new Map<ExaminedArea, Promise<readonly Row[]>>();

  /** @throws Refusal forbidden, unavailable */
  return async (caller: Caller, { area }: { area: ExaminedArea }): Promise<Output<'workspace.examine'>> => {
    if (!administers(caller)) throw new Refusal('forbidden', { needs: 'admin' });
    if (examine === undefined) throw new Refusal('unavailable');
    const looking = underWay.get(area) ?? examine(area).finally(() => underWay.delete(area));
    underWay.set(area, looking);
    const rows = await looking;
    return {
      at: clock.now(),
      node: nodeName,
      rows: rows.map(({ ids, title, status, found, mend }) => ({
        ids: [...ids],
        title,
        status,
        found,
        mend,
      })),
    };
  };
}
