import type { Socket, SocketListener } from '@confab/client/platform/index';
import type { Transport } from '@confab/server/gateway/connection';
import type { Accepted, Caller, Link, NetworkDeps } from './network.ts';
import { createPipe } from './pipe.ts';

export interface Opening {
  readonly id: string;
  readonly caller: Caller;
  readonly listener: SocketListener;
  /** Both ends are gone. */
  forget(link: Link): void;
}

/** One connection, from dialling to its end. The two ends learn of the end by themselves. */
export function connect(deps: NetworkDeps, opening: Opening): { link: Link; socket: Socket } {
  const { scheduler, choices } = deps;
  const { id, caller, listener } = opening;
  let node = '';
  let accepted: Accepted | null = null;
  let clientIsOver = false;
  let nodeIsOver = false;

  const delayMaxMs = (): number => deps.weather().network.delayMaxMs;
  const soonish = (): number => choices.between(0.2, delayMaxMs());

  const toNode = createPipe({
    ...{ scheduler, choices, delayMaxMs, label: `${id} → node` },
    arrive(text) {
      if (!accepted) return;
      deps.trace.note(`${id} → ${node}`, text);
      deps.tap.nodeReads(link, text);
      accepted.receive(text);
    },
  });
  const toClient = createPipe({
    ...{ scheduler, choices, delayMaxMs, label: `${id} ← node` },
    arrive(text) {
      if (clientIsOver) return;
      deps.trace.note(`${id} ← ${node}`, text);
      listener.message(text);
    },
  });

  function forgetWhenOver(): void {
    if (clientIsOver && nodeIsOver) opening.forget(link);
  }

  function endClient(): void {
    if (clientIsOver) return;
    clientIsOver = true;
    deps.trace.note(`${id} is closed for the client`);
    listener.closed();
    forgetWhenOver();
  }

  function endNode(): void {
    if (nodeIsOver) return;
    nodeIsOver = true;
    const end = accepted;
    accepted = null;
    if (end) deps.trace.note(`${id} is lost for ${node}`);
    end?.lost();
    forgetWhenOver();
  }

  const transport: Transport = {
    send(frame) {
      deps.tap.nodeWrites(link, frame.texts, transport.queuedBytes);
      for (const text of frame.texts) toClient.send(text);
    },
    get queuedBytes() {
      return toClient.queuedBytes * deps.byteWeight;
    },
    onceDrained: (drained) => toClient.onceDrained(drained),
    close() {
      accepted = null;
      nodeIsOver = true;
      toClient.end(endClient);
      forgetWhenOver();
    },
  };

  const link: Link = {
    id,
    caller,
    get node() {
      return node;
    },
    get isOpen() {
      return accepted !== null && !clientIsOver;
    },
    stall: (forMs) => toClient.stall(forMs),
    cut({ silently }) {
      const noticeMs = (): number => (silently ? choices.between(5_000, 60_000) : choices.between(1, 300));
      scheduler.after(toClient.cut() + noticeMs(), `${id} cut, the client notices`, endClient);
      scheduler.after(toNode.cut() + noticeMs(), `${id} cut, the node notices`, endNode);
    },
    abandon() {
      accepted = null;
      nodeIsOver = true;
      toNode.cut();
      const noticeMs = choices.chance(0.2) ? choices.between(5_000, 60_000) : choices.between(1, 300);
      scheduler.after(toClient.cut() + noticeMs, `${id} lost its node, the client notices`, endClient);
    },
  };

  function knock(): void {
    if (clientIsOver) return;
    const door = choices.chance(deps.weather().network.refused) ? null : deps.balance();
    accepted = door?.accept(caller, transport) ?? null;
    node = door?.name ?? '';
    deps.trace.note(`${id} ${accepted ? `reached ${node}` : 'reached nobody'}`);
    if (!accepted) {
      nodeIsOver = true;
      scheduler.after(soonish(), `${id} is refused`, endClient);
      return;
    }
    deps.tap.opened(link);
    scheduler.after(soonish(), `${id} opens`, () => {
      if (!clientIsOver) listener.opened();
    });
  }
  scheduler.after(soonish(), `${id} knocks`, knock);

  const socket: Socket = {
    send(text) {
      if (!clientIsOver) toNode.send(text);
    },
    close() {
      if (clientIsOver) return;
      clientIsOver = true;
      toNode.end(endNode);
      forgetWhenOver();
    },
  };
  return { link, socket };
}
