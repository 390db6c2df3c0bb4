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
  const underWay = new Map<ExaminedArea, Promise<Output<'workspace.examine'>>>();

  async function look(area: ExaminedArea, by: Examine): Promise<Output<'workspace.examine'>> {
    const rows = await by(area);
    return { at: clock.now(), node: nodeName, rows: rows.map((row) => ({ ...row, ids: [...row.ids] })) };
  }

  /** @throws Refusal forbidden, unavailable */
  return async (caller: Caller, { area }: { area: ExaminedArea }): Promise<Output<'workspace.examine'>> => {
    if (!administers(caller)) throw new Refusal('forbidden', { needs: 'admin' });
    if (examine === undefined) throw new Refusal('unavailable');
    const looking = underWay.get(area) ?? look(area, examine).finally(() => underWay.delete(area));
    underWay.set(area, looking);
    return looking;
  };
}
