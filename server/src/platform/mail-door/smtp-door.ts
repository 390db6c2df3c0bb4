import type { AddressInfo } from 'node:net';
import type { SMTPServer, SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import type { Log } from '../log/index.ts';
import { Problem, systemCode } from '../problem.ts';
import type { DoorAnswer, DoorKeeper, MailDoor } from './index.ts';
import { readReceived } from './read-received.ts';

/** Of one mail server, perhaps with a second. */
const connectionsMax = 20;
/** A sender that says nothing for so long has gone. */
const silentMs = 60_000;
/** What is being received has so long to be finished. */
const closeMs = 3_000;

/**
 * @param given.bytesMax of a whole message; larger ones are refused, at once where the sender says its size
 * @throws Problem where it cannot listen
 */
export async function openSmtpDoor(given: {
  readonly host: string;
  readonly port: number;
  readonly bytesMax: number;
  readonly keeper: DoorKeeper;
  readonly logbook: Log;
}): Promise<MailDoor> {
  const { host, port, bytesMax, keeper, logbook } = given;
  const answer = (asked: Promise<DoorAnswer>, done: (error?: Error | null) => void): void =>
    void asked.then(
      (said) => done(said === null ? null : refusal(said)),
      (error: unknown) => {
        logbook.warn('a mail could not be taken', { error });
        done(refusal({ kind: 'later', words: 'Not possible at the moment' }));
      },
    );
  const { SMTPServer: Server } = await import('smtp-server');
  const server = new Server({
    name: 'confab',
    banner: 'Confab',
    size: bytesMax,
    maxClients: connectionsMax,
    maxRecipients: 1,
    socketTimeout: silentMs,
    closeTimeout: closeMs,
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onRcptTo: ({ address }, _, done) => answer(keeper.recipient(address.toLowerCase()), done),
    onData: (stream, session, done) => answer(receive(stream, session, { bytesMax, keeper }), done),
  });
  // Of single connections: whoever hangs up has said all there is.
  server.on('error', (error: Error) => logbook.debug('a mail connection failed', { error }));
  await listen(server, { host, port });
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function receive(
  stream: SMTPServerDataStream,
  { envelope }: SMTPServerSession,
  { bytesMax, keeper }: { bytesMax: number; keeper: DoorKeeper },
): Promise<DoorAnswer> {
  const parts: Buffer[] = [];
  let size = 0;
  // To the end in any case: before that a sender hears no answer.
  for await (const part of stream as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= bytesMax) parts.push(part);
  }
  if (size > bytesMax) return { kind: 'never', words: `Too large: at most ${bytesMax} bytes` };
  const sender = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
  const [recipient] = envelope.rcptTo;
  const received = await readReceived(Buffer.concat(parts), { sender, recipient: recipient?.address ?? '' });
  return received === null
    ? { kind: 'never', words: 'That is no mail that can be read' }
    : keeper.mail(received);
}

function refusal({ kind, words }: { kind: 'never' | 'later'; words: string }): Error {
  const line = words.replace(/[^\u0020-\u007e]+/g, ' ');
  return Object.assign(new Error(line), { responseCode: kind === 'never' ? 550 : 451 });
}

function listen(server: SMTPServer, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => {
      const code = systemCode(error);
      reject(
        code === null
          ? error
          : new Problem(
              `Replies by mail cannot be taken at ${host}:${port} (${code}): choose another place with CONFAB_MAIL_REPLIES_AT.`,
              error,
            ),
      );
    };
    server.server.once('error', failed);
    server.listen(port, host, () => {
      server.server.off('error', failed);
      resolve();
    });
  });
}
