/**
 * An XMPP client thin enough not to be the bottleneck (RFC 6120, XEP-0045): comes in with PLAIN, joins one room without its
 * history, and then counts messages without reading them.
 */
import { connect, type Socket } from 'node:net';
import type { MemberSocket } from '../src/member-socket.ts';

export interface XmppTarget {
  readonly port: number;
  /** Its address: `name@rooms.localhost`. */
  readonly room: string;
  /** Account and nickname; the password is the same. */
  readonly name: string;
}

export interface XmppListener {
  /** Messages seen in one read. */
  onMessages(count: number): void;
  /** Everything received once in the room; leave it out to save the work. */
  onText?(text: string): void;
}

export const xmppHost = 'localhost';
const open = `<?xml version='1.0'?><stream:stream to='${xmppHost}' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>`;
const startOfMessage = Buffer.from('<message ');

export async function openXmppSocket(target: XmppTarget, listener: XmppListener): Promise<MemberSocket> {
  const { name, room } = target;
  const socket = connect({ port: target.port, host: '127.0.0.1', noDelay: true });
  const talk = talkOver(socket);
  const secret = Buffer.from(`\0${name}\0${name}`).toString('base64');
  await talk(open, '</stream:features>');
  await talk(`<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>${secret}</auth>`, '<success');
  await talk(open, '</stream:features>');
  const bind = `<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>bench</resource></bind>`;
  await talk(`<iq type='set' id='bind'>${bind}</iq>`, '</iq>');
  const join = `<x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x>`;
  // The subject is the last thing a newcomer is told.
  const answer = await talk(`<presence to='${room}/${name}'>${join}</presence>`, '<subject');
  if (answer.includes("type='error'")) throw new Error(`${name} may not join: ${answer.slice(-500)}`);
  const count = messageCounter(listener);
  socket.on('error', () => socket.destroy());
  socket.on('data', count);
  return { sendText: (text) => void socket.write(text), close: () => void socket.destroy() };
}

/** Says something and waits until the answer holds a word. */
function talkOver(socket: Socket): (words: string, until: string) => Promise<string> {
  return (words, until) =>
    new Promise((resolve, reject) => {
      let heard = '';
      const stop = (): void => void socket.off('data', hear).off('error', fail).off('close', closed);
      const fail = (error: Error): void => {
        stop();
        reject(error);
      };
      const closed = (): void => fail(new Error(`closed instead of ${until}: ${heard.slice(-500)}`));
      const hear = (bytes: Buffer): void => {
        heard += bytes.toString();
        if (/<failure|<stream:error/.test(heard)) fail(new Error(heard.slice(-500)));
        else if (heard.includes(until)) {
          stop();
          resolve(heard);
        }
      };
      socket.on('data', hear).on('error', fail).on('close', closed);
      socket.write(words);
    });
}

/** Counts beginnings of messages over chunk borders. */
function messageCounter({ onMessages, onText }: XmppListener): (chunk: Buffer) => void {
  let tail: Buffer = Buffer.alloc(0);
  return (chunk) => {
    const bytes = tail.length === 0 ? chunk : Buffer.concat([tail, chunk]);
    let messages = 0;
    for (let at = bytes.indexOf(startOfMessage); at !== -1; at = bytes.indexOf(startOfMessage, at + 9))
      messages += 1;
    // One byte short of a beginning, so that none is counted twice.
    tail = Buffer.from(bytes.subarray(Math.max(0, bytes.length - startOfMessage.length + 1)));
    onText?.(chunk.toString());
    if (messages > 0) onMessages(messages);
  };
}
