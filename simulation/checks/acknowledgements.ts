/** What was acknowledged is in the log: once, at the position that was acknowledged, and in the order of sending. */
import type { Findings } from './findings.ts';
import type { LogMessage, LogReading } from './log-reading.ts';
import type { Answered, Recording } from './recording.ts';

/** A message that somebody sent: what the person at the device knows of it. */
export interface SentMessage {
  readonly device: string;
  readonly userId: string;
  readonly roomId: string;
  readonly clientId: string;
  /** Occurs in the text and in no other. */
  readonly token: string;
  readonly madeAtMs: number;
  /** It was refused, and its author tried again: it may come after what they sent meanwhile. */
  isSentAgain?: true;
}

interface Place {
  readonly stream: string;
  readonly seq: number;
}

export function checkAcknowledgements(deps: {
  log: LogReading;
  recording: Recording;
  sent: readonly SentMessage[];
  findings: Findings;
}): void {
  const { log, recording, sent, findings } = deps;
  // First: of a message that is there twice, one was acknowledged as the other.
  checkOnce(deps);
  const byClientId = new Map(
    log.messages.map((message) => [`${message.authorId} ${message.clientId}`, message]),
  );
  for (const answer of recording.answers) {
    if (answer.name === 'message.send') checkSend(answer, byClientId, findings);
    checkPosition(answer, log, findings);
  }
  checkOrder(byClientId, sent, findings);
}

function checkSend(answer: Answered, byClientId: ReadonlyMap<string, LogMessage>, findings: Findings): void {
  const { clientId } = answer.input as { clientId: string };
  const { messageId, ordinal, threadOrdinal, position } = answer.output as {
    messageId: string;
    ordinal: number | null;
    threadOrdinal: number | null;
    position: Place;
  };
  const message = byClientId.get(`${answer.userId} ${clientId}`);
  const words = [clientId, messageId];
  if (!message) {
    findings.broken('kept', `message ${clientId} was acknowledged as ${messageId} and is not there.`, words);
  } else if (
    message.id !== messageId ||
    message.ordinal !== ordinal ||
    message.threadOrdinal !== threadOrdinal ||
    message.seq !== position.seq ||
    position.stream !== `room:${message.roomId}`
  ) {
    const told = JSON.stringify(answer.output);
    findings.broken(
      'kept',
      `message ${clientId} was acknowledged as ${told} and is ${JSON.stringify(message)}.`,
      words,
    );
  }
}

/** Every command answers with a position, and the log holds it. */
function checkPosition(answer: Answered, log: LogReading, findings: Findings): void {
  const { position } = answer.output as { position?: Place };
  if (!position || answer.name.endsWith('.history')) return;
  const head = log.streams.get(position.stream)?.head ?? -1;
  if (position.seq <= head) return;
  const how = `${answer.name} was acknowledged at ${position.stream} ${position.seq}, and the log ends at ${head}.`;
  findings.broken('kept', how, [answer.link, position.stream]);
}

/** Texts are looked for in the log and on the wires: what was deleted since is gone from the log. */
function checkOnce({ log, recording, sent, findings }: Parameters<typeof checkAcknowledgements>[0]): void {
  const messages = new Map<string, Set<string>>();
  const see = (name: string, data: unknown): void => {
    if (name !== 'message.sent') return;
    const { id, text } = (data as { message: { id: string; text: string } }).message;
    const token = /\bt\d+\b/.exec(text)?.[0];
    if (token === undefined) return;
    const ids = messages.get(token) ?? new Set();
    messages.set(token, ids.add(id));
  };
  for (const { events } of log.streams.values()) for (const { name, data } of events) see(name, data);
  for (const { content } of recording.events) {
    const [name, data] = JSON.parse(content) as [string, unknown];
    see(name, data);
  }
  for (const { token, clientId, device } of sent) {
    const count = messages.get(token)?.size ?? 0;
    if (count > 1)
      findings.broken('once', `what ${device} sent as ${clientId} is there ${count} times.`, [
        clientId,
        token,
      ]);
  }
}

function checkOrder(
  byClientId: ReadonlyMap<string, LogMessage>,
  sent: readonly SentMessage[],
  findings: Findings,
): void {
  const last = new Map<string, LogMessage>();
  for (const { device, userId, roomId, clientId, isSentAgain } of sent) {
    const message = byClientId.get(`${userId} ${clientId}`);
    if (!message || isSentAgain) continue;
    const lane = `${device} ${roomId}`;
    const before = last.get(lane);
    if (before && before.seq > message.seq) {
      const how = `${device} sent ${before.clientId} before ${clientId}, and the log has them the other way round.`;
      findings.broken('lanes', how, [before.clientId, clientId]);
    }
    last.set(lane, message);
  }
}
