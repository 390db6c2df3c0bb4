/** What was chosen for notifications on this device; all tabs of it share that. */
import type { Memory } from '../platform/index.ts';

export interface DeviceChoices {
  readonly on: boolean;
  readonly sound: boolean;
  /** Neither who wrote nor what is shown. */
  readonly hidden: boolean;
}

const usual: DeviceChoices = { on: true, sound: false, hidden: false };
const isChosen = (value: unknown): value is boolean => typeof value === 'boolean';

export function readChoices(memory: Pick<Memory, 'read'>): DeviceChoices {
  const read = (name: keyof DeviceChoices): boolean =>
    memory.read(`notices.${name}`, isChosen) ?? usual[name];
  return { on: read('on'), sound: read('sound'), hidden: read('hidden') };
}

export function choose(
  memory: Pick<Memory, 'write'>,
  name: keyof DeviceChoices,
  value: DeviceChoices[keyof DeviceChoices],
): void {
  memory.write(`notices.${name}`, value);
}
