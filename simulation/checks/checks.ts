/** The checkers that watch while it happens, as one tap on all wires. */
import type { ClientFrame, ServerFrame } from '@confab/protocol';
import type { CommitWatch } from '../cluster/commit-watch.ts';
import type { Tap } from '../platform/network.ts';
import type { Findings } from './findings.ts';
import { createQueueCheck } from './queues.ts';
import { createRecording, type Recording } from './recording.ts';
import { createWireCheck } from './wire.ts';

export interface Checks {
  readonly tap: Tap;
  readonly recording: Recording;
  readonly commits: CommitWatch;
}

export function createChecks(deps: { findings: Findings; commits: CommitWatch }): Checks {
  const { findings, commits } = deps;
  const wire = createWireCheck(findings);
  const queues = createQueueCheck(findings);
  const recording = createRecording({ transactions: () => commits.transactions });
  const tap: Tap = {
    opened: wire.opened,
    nodeReads(link, text) {
      const frame = JSON.parse(text) as ClientFrame;
      wire.nodeReads(link, frame);
      recording.nodeReads(link, frame);
    },
    nodeWrites(link, texts, queuedBytes) {
      const frames = texts.map((text) => JSON.parse(text) as ServerFrame);
      queues.nodeWrites(link, frames, queuedBytes);
      for (const frame of frames) {
        wire.nodeWrites(link, frame);
        recording.nodeWrites(link, frame);
      }
    },
  };
  return { tap, recording, commits };
}
