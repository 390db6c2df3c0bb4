/** Whatever was delivered as an event is that event of the log: the same for everybody, and committed. */
import { differences } from './differences.ts';
import type { Findings } from './findings.ts';
import type { LogReading } from './log-reading.ts';
import type { Recording } from './recording.ts';

export function checkDelivered(log: LogReading, recording: Recording, findings: Findings): void {
  const contents = new Map<string, string>();
  for (const stream of log.streams.values()) {
    for (const { seq, name, data } of stream.events) {
      contents.set(`${stream.name} ${seq}`, JSON.stringify([name, data]));
    }
  }
  const deleted = new Set(log.messages.filter((message) => message.deleted).map(({ id }) => id));
  for (const { link, stream, seq, content } of recording.events) {
    const logged = contents.get(`${stream} ${seq}`);
    if (
      logged === content ||
      (logged && mayDiffer(content, deleted) && differences(bare(logged), bare(content)).length === 0)
    )
      continue;
    findings.broken(
      'same',
      `${link} got ${stream} ${seq} as ${content}, the log has ${logged ?? 'nothing there'}.`,
      [link, stream],
    );
    return;
  }
}

/** Of a deleted message the log keeps a tombstone. */
function mayDiffer(content: string, deleted: ReadonlySet<string>): boolean {
  return [...deleted].some((id) => content.includes(`"${id}"`));
}

function bare(content: string): unknown {
  return JSON.parse(content, (key, value: unknown) =>
    ['text', 'mentions', 'excerpt', 'deletedAt'].includes(key) ? null : value,
  );
}
