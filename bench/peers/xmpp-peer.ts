/** What XMPP servers have in common as a subject: accounts by number, one room, a message that comes back to its sender. */
import type { MemberSocket } from '../src/member-socket.ts';
import { createEchoes } from '../subjects/echoes.ts';
import type { Subject } from '../subjects/subject.ts';
import { openXmppSocket } from './xmpp-socket.ts';

export const roomAddress = 'bench@rooms.localhost';
/** Accounts that send; the others only listen. */
const publishersMax = 16;

/** The names of all accounts a server has to know; each is its own password. */
export function accountNames(members: number): string[] {
  return [
    ...Array.from({ length: publishersMax }, (_, index) => publisherName(index)),
    ...Array.from({ length: members }, (_, index) => memberName(index)),
  ];
}

const publisherName = (index: number): string => `publisher${index}`;
const memberName = (index: number): string => `member${index}`;

export function xmppSubject(server: {
  name: string;
  port: number;
  cpuSeconds: () => number;
  residentBytes: () => number;
  stop: () => Promise<void>;
}): Subject {
  const free = Array.from({ length: publishersMax }, (_, index) => publisherName(index));
  /** One of the accounts that read, until it is closed. */
  const enter = async (onText: (text: string) => void): Promise<MemberSocket> => {
    const name = free.pop();
    if (name === undefined) throw new Error('there are no more accounts that read');
    const target = { port: server.port, room: roomAddress, name };
    const socket = await openXmppSocket(target, { onMessages() {}, onText });
    return {
      ...socket,
      close() {
        socket.close();
        free.push(name);
      },
    };
  };
  return {
    ...server,
    door: { kind: 'xmpp', port: server.port, room: roomAddress },
    memberSays: (index) => [memberName(index)],
    publishersReceive: true,
    openListener: (hear) => enter(wholeMessages(hear)),
    async openPublisher() {
      const echoes = createEchoes(/ id=['"]([0-9a-f]{12}-\d{9})['"]/);
      const socket = await enter(wholeMessages(echoes.hear));
      return {
        publish: (text) =>
          echoes.say((id) =>
            socket.sendText(
              `<message type='groupchat' to='${roomAddress}' id='${id}'><body>${text}</body></message>`,
            ),
          ),
        close: () => socket.close(),
      };
    },
  };
}

/** Puts messages together that came in pieces. */
function wholeMessages(hear: (message: string) => void): (text: string) => void {
  let unread = '';
  return (text) => {
    unread += text;
    const whole = unread.split('</message>');
    unread = whole.pop() ?? '';
    for (const message of whole) hear(message);
  };
}
