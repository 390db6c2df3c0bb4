/**
 * A slow reader never makes memory grow: once its queue is over the limit, each stream adds at most the batch it was
 * just sending, and badges and signals nothing, until the queue has emptied.
 */
import type { ServerFrame } from '@confab/protocol';
import { limits } from '@confab/protocol/limits';
import type { Link } from '../platform/network.ts';
import type { Findings } from './findings.ts';

export interface QueueCheck {
  /** @param queuedBytes that waited before these */
  nodeWrites(link: Link, frames: readonly ServerFrame[], queuedBytes: number): void;
}

/** The batch that is being sent when the queue fills, and the answer to a `follow` that comes meanwhile. */
const batchesMax = 2;
export function createQueueCheck(findings: Findings): QueueCheck {
  /** Per connection: batches added over the limit since the queue was empty, by stream. */
  const overfull = new WeakMap<Link, Map<string, number>>();
  return {
    nodeWrites(link, frames, queuedBytes) {
      if (queuedBytes === 0) overfull.delete(link);
      if (queuedBytes <= limits.socketQueueBytesMax) return;
      const added = overfull.get(link) ?? new Map<string, number>();
      overfull.set(link, added);
      const [frame] = frames;
      if (frame?.t === 'badges' && !frame.full) {
        findings.broken('bounded', `${link.id} is full and got badges.`, [link.id]);
      }
      if (frame?.t !== 'event') return;
      const count = (added.get(frame.stream) ?? 0) + 1;
      added.set(frame.stream, count);
      if (count <= batchesMax) return;
      findings.broken('bounded', `${link.id} is full and got ${count} more batches of ${frame.stream}.`, [
        link.id,
      ]);
    },
  };
}
