import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Client } from '@confab/client';
import type { Live } from '../app/live.ts';
import type { Memory } from '../platform/index.ts';
import { isArrangement, soundArrangement, usualArrangement, type Arrangement } from './arrangement.ts';

export interface ArrangementStore {
  readonly sections: ReadonlySignal<Arrangement>;
  /** Shown at once, and kept. */
  change(next: (sections: Arrangement) => Arrangement): void;
}

/** Several people may use one browser, one after the other. */
interface Kept {
  readonly ownerId: string;
  readonly sections: Arrangement;
}

const memoryName = 'sidebar.sections';

/** Kept in this browser, for whoever made it. */
export function createArrangementStore(deps: {
  client: Pick<Client, 'state'>;
  live: Live;
  memory: Memory;
}): ArrangementStore {
  const { client, live, memory } = deps;
  const kept = signal(memory.read(memoryName, isKept));
  const sections = computed(() => {
    live.follow('ready');
    const mine = kept.value?.ownerId === client.state.me?.userId ? kept.value : null;
    return mine ? soundArrangement(mine.sections) : usualArrangement;
  });
  return {
    sections,
    change(next) {
      const ownerId = client.state.me?.userId;
      const changed = next(sections.value);
      if (ownerId === undefined || changed === sections.value) return;
      kept.value = { ownerId, sections: changed };
      memory.write(memoryName, kept.value);
    },
  };
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false;
  const { ownerId, sections } = value as Record<keyof Kept, unknown>;
  return typeof ownerId === 'string' && isArrangement(sections);
}
