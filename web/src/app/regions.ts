/** The parts of the page in the order in which F6 goes through them: each is marked with `data-region`. */
const selector = '[data-region]';
const focusable = 'textarea, input, [tabindex="0"], a[href], button:not(:disabled)';

/** What to focus in a region: where one writes, or the place one was, or the first thing. */
function entryOf(region: HTMLElement): HTMLElement | null {
  const present = region.querySelector<HTMLElement>('.message-field, [aria-current="page"]');
  if (present) return present;
  return [...region.querySelectorAll<HTMLElement>(focusable)].find((one) => one.checkVisibility()) ?? null;
}

export function focusRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>(selector)].filter((one) =>
    one.checkVisibility(),
  );
  if (regions.length === 0) return;
  const from = regions.findIndex((region) => region.contains(document.activeElement));
  const start = from === -1 ? (step === 1 ? -1 : 0) : from;
  const region = regions[(start + step + regions.length) % regions.length];
  if (region) entryOf(region)?.focus();
}
