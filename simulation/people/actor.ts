/** What actions have in common: who acts, what is in view, and what is remembered for the checkers. */
import type { CallName, Input, Message, MyRoom } from '@confab/protocol';
import { Refused, type Client } from '@confab/client';
import type { SentMessage } from '../checks/acknowledgements.ts';
import type { Choices } from '../choices.ts';
import type { Device } from './device.ts';

export interface Actor {
  readonly device: Device;
  readonly choices: Choices;
  /** Everybody there is. */
  readonly people: readonly { readonly userId: string; readonly handle: string }[];
  /** Every room that anybody has ever heard of, to knock at doors that should stay closed. */
  readonly knownRooms: () => readonly string[];
  readonly note: (line: string) => void;
  readonly remember: (sent: SentMessage) => void;
  readonly rememberAgain: (clientId: string) => void;
  /** A number that nobody else gets. */
  readonly count: () => number;
  /** Anything but a refusal is a bug in the client. */
  readonly onBug: (error: unknown) => void;
}

/** Does something now, or finds that there is nothing to do it with. */
export type Action = (actor: Actor) => void;

export function myRooms({ device }: Actor): MyRoom[] {
  return [...device.client.state.rooms.values()];
}

export function someRoom(actor: Actor): MyRoom | undefined {
  return actor.choices.pick(myRooms(actor));
}

/** Messages in view, with their room. */
export function someMessage(
  actor: Actor,
  fits: (message: Message) => boolean = () => true,
): Message | undefined {
  const { state } = actor.device.client;
  const fitting: Message[] = [];
  for (const room of state.messages.values()) {
    for (const { message } of room.held.values()) if (fits(message)) fitting.push(message);
  }
  return actor.choices.pick(fitting);
}

export function someoneElse(actor: Actor): string {
  const others = actor.people.filter(({ userId }) => userId !== actor.device.userId);
  return actor.choices.pick(others)?.userId ?? actor.device.userId;
}

/** What was asked for may be refused; what it says is the server's business. */
export function unlessRefused(actor: Actor, what: string, doing: Promise<unknown>): void {
  doing.catch((error: unknown) => {
    if (error instanceof Refused) actor.note(`${actor.device.device} ${what}: ${error.code}`);
    else actor.onBug(error);
  });
}

export function ask<Name extends CallName>(actor: Actor, name: Name, input: Input<Name>): void {
  const { client, device } = actor.device;
  actor.note(`${device} ${name} ${JSON.stringify(input)}`);
  unlessRefused(actor, name, client.call(name, input));
}

export function act(actor: Actor, what: string, doing: (client: Client) => Promise<unknown> | void): void {
  actor.note(`${actor.device.device} ${what}`);
  const done = doing(actor.device.client);
  if (done) unlessRefused(actor, what, done);
}
