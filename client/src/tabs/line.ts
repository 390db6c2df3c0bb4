/** What a tab and the switchboard say to each other. `n` numbers the sockets of one tab: what is said of an older one is void. */
export type FromTab =
  | { readonly n: number; readonly t: 'open'; readonly url: string }
  | { readonly n: number; readonly t: 'send'; readonly text: string }
  | { readonly n: number; readonly t: 'close' };

export type ToTab =
  | { readonly n: number; readonly t: 'opened' }
  | { readonly n: number; readonly t: 'message'; readonly text: string }
  | { readonly n: number; readonly t: 'closed' };

/** One end of the line between them; what is said arrives later, in order, or never when the other side is gone. */
export interface Line<Sent, Heard> {
  say(sent: Sent): void;
  hear(listener: (heard: Heard) => void): void;
}
