import { signal, type ReadonlySignal } from '@preact/signals';
import type { Cancel } from '../platform/timing.ts';

export type Announcer = {
  /** Read out when the reader pauses; `urgent` interrupts, for what must not be missed. */
  say: (text: string, options?: { urgent?: boolean }) => void;
  readonly polite: ReadonlySignal<string>;
  readonly urgent: ReadonlySignal<string>;
};

/** What was said is taken away, so that nobody finds it later beside the page. */
const spokenMs = 8_000;

/** Speaks to screen readers about what happens elsewhere on the page. */
export function createAnnouncer({
  after,
}: {
  after: (delayMs: number, run: () => void) => Cancel;
}): Announcer {
  const polite = signal('');
  const urgent = signal('');
  let cancel: Cancel = () => undefined;
  return {
    polite,
    urgent,
    say: (text, options = {}) => {
      const region = options.urgent === true ? urgent : polite;
      // the same words twice are a change only if something differs
      region.value = region.value === text ? `${text}\u00A0` : text;
      cancel();
      cancel = after(spokenMs, () => {
        polite.value = '';
        urgent.value = '';
      });
    },
  };
}

/** Once on the page, from the start: readers do not notice a region that comes with its text. */
export function LiveRegions({ announcer }: { announcer: Announcer }) {
  return (
    <>
      <div class="visually-hidden" role="status" aria-live="polite">
        {announcer.polite}
      </div>
      <div class="visually-hidden" role="alert" aria-live="assertive">
        {announcer.urgent}
      </div>
    </>
  );
}
