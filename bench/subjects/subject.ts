/** A server under load: its door, its processes, and what it is told. */
import type { Door } from '../receivers.ts';

export interface Publisher {
  /** Sends one message; resolves when it was acknowledged or, where nothing acknowledges, when a member has it. */
  publish(text: string): Promise<void>;
  close(): void;
}

export interface Subject {
  readonly name: string;
  readonly door: Door;
  /** What each member's socket says when it is open. */
  memberSays(index: number): readonly string[];
  openPublisher(): Promise<Publisher>;
  /** One more member, who reads what comes. */
  openListener(hear: (text: string) => void): Promise<{ close(): void }>;
  /** Whoever sends here receives like a member, too. */
  readonly publishersReceive?: true;
  /** CPU seconds of the processes that deliver. */
  cpuSeconds(): number;
  residentBytes(): number;
  stop(): Promise<void>;
}

/** About 250 bytes, as in the loads of the sizing guide. */
export const messageText =
  'The quick brown fox jumps over the lazy dog and then writes about it at some length. '
    .repeat(3)
    .slice(0, 250);
