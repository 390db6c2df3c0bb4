import type { ErrorEnvelope, Input } from '@confab/protocol';

/** Commands that survive a broken link and a reload. */
export type KeptName = 'message.send' | 'draft.set' | 'read.upTo' | 'thread.read';

/**
 * A command on its way:
 *   waiting   to be sent, or to be sent again
 *   sending   sent; no answer yet
 *   sent      done; what it did has not arrived here by its stream yet
 *   failed    refused for good: a message waits for a decision, a draft for the next word or the next start
 */
export type Underway = { [Name in KeptName]: UnderwayOf<Name> }[KeptName];

export interface UnderwayOf<Name extends KeptName> {
  /** A message's client id; for the rest what they are about, so that the latest replaces what was before. */
  readonly id: string;
  readonly name: Name;
  readonly input: Input<Name>;
  readonly roomId: string;
  readonly madeAt: number;
  /** Within one room messages are sent in this order. */
  readonly order: number;
  readonly status: 'waiting' | 'sending' | 'sent' | 'failed';
  readonly refusal: ErrorEnvelope | null;
  /** Where what it did stands in its stream, once that is known. */
  readonly position: { readonly stream: string; readonly epoch: number; readonly seq: number } | null;
}
