/** Takes back what was asked for; harmless when it has already happened. */
export type Cancel = () => void;

/** Milliseconds since 1970. */
export function now(): number {
  return Date.now();
}

export function after(delayMs: number, run: () => void): Cancel {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
}

/** Before the next picture is drawn. */
export function nextFrame(run: () => void): Cancel {
  const frame = requestAnimationFrame(run);
  return () => cancelAnimationFrame(frame);
}

/** A function to call as often as one likes: `run` follows once, before the next picture. */
export function eachFrame(run: () => void): { ask: () => void; cancel: Cancel } {
  let cancel: Cancel | null = null;
  return {
    ask: () => {
      cancel ??= nextFrame(() => {
        cancel = null;
        run();
      });
    },
    cancel: () => {
      cancel?.();
      cancel = null;
    },
  };
}
