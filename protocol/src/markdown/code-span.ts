type Span = { closed: boolean; text: string; to: number };

/**
 * Where code spans end. All runs of backticks are found once, so that thousands of unclosed ones do not each search the rest.
 * Ask for ascending positions only.
 */
export function createCodeSpans(text: string): { at: (from: number) => Span } {
  const byLength = new Map<number, number[]>();
  for (const run of text.matchAll(/`+/g)) {
    const positions = byLength.get(run[0].length);
    if (positions === undefined) byLength.set(run[0].length, [run.index]);
    else positions.push(run.index);
  }
  for (const positions of byLength.values()) positions.reverse();

  function at(from: number): Span {
    let start = from;
    while (text[start] === '`') start += 1;
    const length = start - from;
    const ahead = byLength.get(length) ?? [];
    while (ahead.length > 0 && (ahead.at(-1) ?? 0) < start) ahead.pop();
    const end = ahead.at(-1);
    if (end === undefined) return { closed: false, text: '', to: start };
    return { closed: true, text: stripped(text.slice(start, end)), to: end + length };
  }
  return { at };
}

/** One space on either side is there only to part the code from its marks. */
function stripped(code: string): string {
  const padded = code.startsWith(' ') && code.endsWith(' ') && code.trim() !== '';
  return padded ? code.slice(1, -1) : code;
}
