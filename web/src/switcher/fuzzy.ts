/**
 * How well a text fits what was typed; null when it does not. Greater is better. Every letter has to be there in order;
 * the beginnings of words and letters beside each other count most, as in "db" for "design-berlin".
 */
export function fuzzyScore(text: string, query: string): number | null {
  if (query === '') return 0;
  const [lower, wanted] = [text.toLocaleLowerCase(), query.toLocaleLowerCase()];
  const whole = lower.indexOf(wanted);
  if (whole !== -1) {
    const isStart = whole === 0 || isBoundary(lower, whole);
    return (
      100 +
      (whole === 0 ? 40 : isStart ? 25 : 0) +
      (lower.length === wanted.length ? 30 : 0) -
      lower.length / 50
    );
  }
  return scattered(lower, wanted.replace(/\s+/g, ''));
}

function scattered(text: string, wanted: string): number | null {
  let score = 0;
  let from = 0;
  let last = -2;
  for (const letter of wanted) {
    const index = bestIndex(text, letter, from, last);
    if (index === -1) return null;
    if (index === last + 1) score += 8;
    else if (index === 0 || isBoundary(text, index)) score += 10;
    else score += 1;
    last = index;
    from = index + 1;
  }
  return score - text.length / 50;
}

/** The letter that follows the last one, else the first that begins a word, else the first. */
function bestIndex(text: string, letter: string, from: number, last: number): number {
  if (text[last + 1] === letter && last >= 0) return last + 1;
  let first = -1;
  for (let index = text.indexOf(letter, from); index !== -1; index = text.indexOf(letter, index + 1)) {
    if (first === -1) first = index;
    if (index === 0 || isBoundary(text, index)) return index;
  }
  return first;
}

function isBoundary(text: string, index: number): boolean {
  return /[\s._\-#@/]/.test(text[index - 1] ?? '');
}
