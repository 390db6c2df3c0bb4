import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { after } from '../platform/timing.ts';
import './spinner.css';

/** What takes less is not worth a flicker. */
const patienceMs = 300;

/** Shows its children only when it has been there for a while. */
export function Delayed({
  children,
  delayMs = patienceMs,
}: {
  children: ComponentChildren;
  delayMs?: number;
}) {
  const [due, setDue] = useState(delayMs === 0);
  useEffect(() => after(delayMs, () => setDue(true)), [delayMs]);
  return due ? <>{children}</> : null;
}

type SpinnerProps = { /** read out; leave out beside words that say it */ label?: string; size?: number };

/** Turns after 300 ms. Its place is taken from the start, so nothing moves. */
export function Spinner({ label, size = 16 }: SpinnerProps) {
  const named = label === undefined ? {} : { role: 'status' as const, 'aria-label': label };
  return (
    <span class="ui-spinner" style={{ inlineSize: `${size}px`, blockSize: `${size}px` }} {...named}>
      <Delayed>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <circle cx="8" cy="8" r="6.5" class="ui-spinner__track" />
          <path d="M8 1.5 A6.5 6.5 0 0 1 14.5 8" class="ui-spinner__arc" />
        </svg>
      </Delayed>
    </span>
  );
}
