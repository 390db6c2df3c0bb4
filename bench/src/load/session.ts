import { numberAt, openMemberSocket, type MemberSocket, type MemberTarget } from '../member-socket.ts';
import type { Seat } from './load-words.ts';

/** A connection by the protocol, which reads as little of it as an account needs: numbers of events, and answers. */
export interface Session {
  readonly seat: Seat;
  /** @throws Error when it is refused, not answered in time, or cut off */
  call(name: string, input: object): Promise<Record<string, unknown>>;
  /** Leaves the room it looked at for this one. */
  look(roomId: string): void;
  /** The last number seen of each room. */
  readonly positions: ReadonlyMap<string, number>;
  /** Loses its connection, and comes back. Resolves when it knows the heads of its rooms again. */
  reconnect(afterMs: number): Promise<void>;
  close(): void;
}

export interface SessionEvents {
  onDelivery(): void;
  /** A witness read this. */
  onMessage(clientId: string): void;
  onOdd(what: 'gap' | 'repeat' | 'backwards', by: number): void;
  /** It was too far behind and was told to go on from the head. */
  onSkip(): void;
}

const letter = { e: 0x65, r: 0x72 } as const;
/** `{"t":"event","stream":"room:` */
const streamAt = 23;
const answerWithinMs = 30_000;
const beatMs = 15_000;

export async function openSession(target: MemberTarget, seat: Seat, events: SessionEvents): Promise<Session> {
  const positions = new Map<string, number>();
  const waiting = new Map<
    number,
    { resolve: (output: Record<string, unknown>) => void; reject: (error: Error) => void }
  >();
  let room = seat.watches;
  let ref = 0;
  let isClosed = false;
  let onWatching: (() => void) | null = null;

  const say = (frame: object): void => socket.sendText(JSON.stringify(frame));
  /** What was on its way when a room was left and entered again may come twice: only then. */
  let isCatchingUp = true;
  /** Rooms that the server has not yet said it has caught up with. */
  let awaited = 0;
  const watchFrame = (roomId = room) => ({ roomId, epoch: 1, after: positions.get(roomId) ?? 0 });
  const greet = (): void => {
    isCatchingUp = true;
    const watch = [room, ...(seat.alsoWatches ?? [])].map((roomId) => watchFrame(roomId));
    awaited = watch.length;
    say({ t: 'hello', level: 1, client: 'confab bench', token: seat.token, watch });
  };
  const giveUp = (why: string): void => {
    for (const { reject } of waiting.values()) reject(new Error(why));
    waiting.clear();
  };

  function hearEvent(bytes: Buffer, from: number, to: number): void {
    events.onDelivery();
    if (bytes[from + streamAt] !== letter.r) return;
    const end = bytes.indexOf('"', from + streamAt, 'latin1');
    const roomId = bytes.toString('latin1', from + streamAt + 5, end);
    const seqAt = bytes.indexOf('"seq":', end, 'latin1') + 6;
    const seq = numberAt(bytes, seqAt);
    const last = positions.get(roomId) ?? 0;
    if (seq <= last && isCatchingUp) return;
    if (seq === last) events.onOdd('repeat', 1);
    else if (seq < last) events.onOdd('backwards', 1);
    else if (seq > last + 1) events.onOdd('gap', seq - last - 1);
    positions.set(roomId, Math.max(last, seq));
    // What was missed while another room was looked at is not late.
    if (!seat.isWitness || isCatchingUp) return;
    const clientId = /"clientId":"([^"]+)"/.exec(bytes.toString('utf8', seqAt, to))?.[1];
    if (clientId !== undefined) events.onMessage(clientId);
  }

  function hearAnswer(text: string): void {
    const frame = JSON.parse(text) as {
      t: string;
      ref: number;
      output: Record<string, unknown>;
      error?: { code: string };
      stream: string;
      head: number;
    };
    if (frame.t === 'resync') {
      if (!frame.stream.startsWith('room:')) return;
      const roomId = frame.stream.slice(5);
      events.onSkip();
      positions.set(roomId, frame.head);
      if (roomId === room || seat.alsoWatches?.includes(roomId))
        say({ t: 'watch', watch: watchFrame(roomId) });
      return;
    }
    const entry = waiting.get(frame.ref);
    waiting.delete(frame.ref);
    if (frame.t === 'reply') entry?.resolve(frame.output);
    else entry?.reject(new Error(`refused: ${frame.error?.code ?? 'no reason'}`));
  }

  const open = (): Promise<MemberSocket> =>
    openMemberSocket(target, {
      onEvents() {},
      onFrame(bytes, from, to) {
        const kind = bytes[from + 6];
        if (kind === letter.e) hearEvent(bytes, from, to);
        else if (kind === letter.r) hearAnswer(bytes.toString('utf8', from, to));
        else if (bytes.toString('latin1', from + 6, from + 14) === 'watching') {
          awaited -= 1;
          if (awaited > 0) return;
          isCatchingUp = false;
          onWatching?.();
        }
      },
      onClose: () => giveUp('the connection was cut'),
    });

  let socket = await open();
  greet();
  const beat = setInterval(() => say({ t: 'ping' }), beatMs);
  beat.unref();

  return {
    seat,
    positions,
    call(name, input) {
      ref += 1;
      const mine = ref;
      return new Promise((resolve, reject) => {
        if (isClosed) return reject(new Error('the connection is closed'));
        const late = setTimeout(() => {
          waiting.delete(mine);
          reject(new Error(`${name} was not answered within ${answerWithinMs / 1_000} s`));
        }, answerWithinMs);
        const settle =
          <Value>(then: (value: Value) => void) =>
          (value: Value): void => {
            clearTimeout(late);
            then(value);
          };
        waiting.set(mine, { resolve: settle(resolve), reject: settle(reject) });
        say({ t: 'call', ref: mine, name, input });
      });
    },
    look(roomId) {
      if (roomId === room) return;
      say({ t: 'unwatch', roomId: room });
      room = roomId;
      isCatchingUp = true;
      awaited += 1;
      say({ t: 'watch', watch: watchFrame() });
    },
    async reconnect(afterMs) {
      socket.close();
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      const back = new Promise<void>((resolve) => (onWatching = resolve));
      for (;;) {
        try {
          socket = await open();
          break;
        } catch {
          // A server that has too many newcomers sends some away; they ask again.
          await new Promise((resolve) => setTimeout(resolve, 250));
        }
      }
      greet();
      await back;
      onWatching = null;
    },
    close() {
      isClosed = true;
      clearInterval(beat);
      giveUp('the bench is over');
      socket.close();
    },
  };
}
