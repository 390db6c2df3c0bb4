import { OutboundFailure, type Outbound } from '../outbound/index.ts';
import type { Push, PushAnswer, PushKeys, PushMessage, PushTarget } from './index.ts';

const timeoutMs = 10_000;
/** Answers have no body that matters. */
const answerBytesMax = 16 * 1024;
/** What a service may ask to wait: longer, and nobody wants the notification any more. */
const afterMsMax = 3_600_000;
const reasonCharsMax = 200;

const load = async () => (await import('web-push')).default;

const detailsOf = async (to: PushTarget, message: PushMessage, as: PushKeys & { contact: string }) =>
  (await load()).generateRequestDetails(
    { endpoint: to.endpoint, keys: { p256dh: to.publicKey, auth: to.secret } },
    message.text,
    {
      vapidDetails: { subject: as.contact, publicKey: as.publicKey, privateKey: as.privateKey },
      TTL: message.ttlSeconds,
      topic: message.topic,
      urgency: 'high',
      contentEncoding: 'aes128gcm',
    },
  );

/** Encrypts and signs by the package `web-push`; the request goes by `outbound`. */
export function createWebPush(outbound: Pick<Outbound, 'request'>): Push {
  const makeKeys = async (): Promise<PushKeys> => (await load()).generateVAPIDKeys();
  let sample: Promise<PushKeys> | undefined;
  return {
    makeKeys,
    async complaintAbout(target) {
      if (!URL.canParse(target.endpoint)) return 'an address of a push service';
      const { protocol, username, password, hash } = new URL(target.endpoint);
      if (!/^https?:$/.test(protocol) || username !== '' || password !== '' || hash !== '') {
        return 'an address of a push service, https and without a name or password';
      }
      try {
        const message = { topic: 'sample', text: '{}', ttlSeconds: 0 };
        const keys = await (sample ??= makeKeys());
        await detailsOf(target, message, { ...keys, contact: 'https://example.org' });
        return null;
      } catch {
        return 'the keys of a subscription, as the browser gives them';
      }
    },
    async send(to, message, as) {
      const { method, headers, body } = await detailsOf(to, message, as);
      if (method !== 'POST' || body === null) throw new Error('a push without a body');
      const texts = Object.fromEntries(
        Object.entries(headers as Record<string, string | number>)
          .filter(([name]) => name !== 'Content-Length')
          .map(([name, value]) => [name.toLowerCase(), String(value)]),
      );
      try {
        const answer = await outbound.request({
          method: 'POST',
          url: to.endpoint,
          headers: texts,
          body,
          maxBytes: answerBytesMax,
          whenLarger: 'cut',
          redirects: 0,
          timeoutMs,
        });
        return answerOf(answer.status, answer.headers['retry-after']);
      } catch (error) {
        if (!(error instanceof OutboundFailure)) throw error;
        const reason = error.message.slice(0, reasonCharsMax);
        return error.retryable ? { kind: 'later', reason, afterMs: 0 } : { kind: 'refused', reason };
      }
    },
  };
}

function answerOf(status: number, retryAfter: string | undefined): PushAnswer {
  if (status >= 200 && status < 300) return { kind: 'sent' };
  if (status === 404 || status === 410) return { kind: 'gone' };
  const reason = `the push service answered ${status}`;
  if (status !== 429 && status < 500) return { kind: 'refused', reason };
  const seconds = Number(retryAfter ?? 0);
  const afterMs = Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1_000, afterMsMax) : 0;
  return { kind: 'later', reason, afterMs };
}
