const own = new Set(['time', 'level', 'event']);

/** One JSON log line as people read it: `12:00:01.250 warn  event name=value`, an error's stack on the lines below. */
export function textLine(json: string): string {
  const entry = JSON.parse(json) as Record<string, unknown>;
  const level = String(entry['level']).padEnd(5);
  let head = `${String(entry['time']).slice(11, 23)} ${level} ${visible(String(entry['event']))}`;
  let below = '';
  for (const [name, value] of Object.entries(entry)) {
    if (own.has(name)) continue;
    if (isSerialisedError(value)) {
      head += ` ${name}=${JSON.stringify(value.message)}`;
      below += `\n${value.stack}`;
    } else {
      head += ` ${name}=${typeof value === 'string' && /^[\w./:@+-]+$/.test(value) ? value : JSON.stringify(value)}`;
    }
  }
  return `${head}${below}\n`;
}

function isSerialisedError(value: unknown): value is { message: string; stack: string } {
  return typeof value === 'object' && value !== null && 'stack' in value && 'message' in value;
}

/** Control characters could rewrite what a terminal shows. */
function visible(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
}
