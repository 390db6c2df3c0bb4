/** What was seen on the wires, kept for the questions that only the whole log can answer. */
import type { ClientFrame, ServerFrame } from '@confab/protocol';
import type { Link } from '../platform/network.ts';

export interface SeenEvent {
  readonly link: string;
  readonly userId: string;
  readonly stream: string;
  readonly seq: number;
  /** Name and data as they were on the wire. */
  readonly content: string;
  /** Transactions that had run by then. */
  readonly transactions: number;
}

export interface Answered {
  readonly link: string;
  readonly userId: string;
  readonly name: string;
  readonly input: unknown;
  readonly output: unknown;
  /** Transactions that had run when the node read the question, and when it answered. */
  readonly askedAt: number;
  readonly answeredAt: number;
}

export interface Recording {
  readonly events: readonly SeenEvent[];
  readonly answers: readonly Answered[];
  /** Rooms that anybody was told of. */
  readonly roomIds: ReadonlySet<string>;
  /** Codes of refusals, and how often. */
  readonly refusals: ReadonlyMap<string, number>;
  nodeReads(link: Link, frame: ClientFrame): void;
  nodeWrites(link: Link, frame: ServerFrame): void;
}

export function createRecording(deps: { transactions: () => number }): Recording {
  const events: SeenEvent[] = [];
  const answers: Answered[] = [];
  const roomIds = new Set<string>();
  const refusals = new Map<string, number>();
  const asked = new Map<string, { name: string; input: unknown; askedAt: number }>();
  return {
    events,
    answers,
    roomIds,
    refusals,
    nodeReads(link, frame) {
      if (frame.t !== 'call') return;
      asked.set(`${link.id} ${frame.ref}`, {
        name: frame.name,
        input: frame.input,
        askedAt: deps.transactions(),
      });
    },
    nodeWrites(link, frame) {
      const { id, caller } = link;
      if (frame.t === 'event') {
        const { stream, seq, name, data } = frame;
        const content = JSON.stringify([name, data]);
        const transactions = deps.transactions();
        if (stream.startsWith('room:')) roomIds.add(stream.slice('room:'.length));
        if (name === 'room.added') roomIds.add((data as { room: { room: { id: string } } }).room.room.id);
        events.push({ link: id, userId: caller.userId, stream, seq, content, transactions });
      } else if (frame.t === 'reply') {
        const question = asked.get(`${id} ${frame.ref}`);
        if (!question) return;
        const answeredAt = deps.transactions();
        answers.push({ link: id, userId: caller.userId, ...question, output: frame.output, answeredAt });
      } else if (frame.t === 'refused') {
        refusals.set(frame.error.code, (refusals.get(frame.error.code) ?? 0) + 1);
      }
    },
  };
}
