/** Above it the operator is told; below it nobody notices anything. */
export const clockWarnMs = 1_000;
/** Above it times on messages, reminders and sessions are plainly wrong, and the node does not start. */
export const clockRefuseMs = 60_000;

/**
 * Whether two versions may serve one database: the same, or one step apart. A step is the next minor version, or the
 * first of the next major one. What is no version of ours fits only itself.
 */
export function areAdjacent(one: string, other: string): boolean {
  if (one === other) return true;
  const [a, b] = [readVersion(one), readVersion(other)];
  if (a === null || b === null) return false;
  if (a.major === b.major) return Math.abs(a.minor - b.minor) <= 1;
  const newer = a.major > b.major ? a : b;
  return Math.abs(a.major - b.major) === 1 && newer.minor === 0;
}

function readVersion(text: string): { major: number; minor: number } | null {
  const [, major, minor] = /^(\d{1,6})\.(\d{1,6})\.\d/.exec(text) ?? [];
  return major === undefined || minor === undefined ? null : { major: Number(major), minor: Number(minor) };
}

/** `4.2 s ahead of`, `3 minutes behind`. @param offsetMs how far a clock is ahead; negative when it is behind */
export function offsetWords(offsetMs: number): string {
  const seconds = Math.abs(offsetMs) / 1_000;
  const amount = seconds < 120 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds / 60)} minutes`;
  return `${amount} ${offsetMs > 0 ? 'ahead of' : 'behind'}`;
}
