/** Socket.IO (Engine.IO 4 over a WebSocket): `40` asks to come in, `42[name,data]` is an event. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { openMemberSocket } from '../src/member-socket.ts';
import { cpuSeconds, residentBytes } from '../src/processes.ts';
import { freePort, stopChild, untilSaid } from '../subjects/children.ts';
import { createEchoes } from '../subjects/echoes.ts';
import type { Subject } from '../subjects/subject.ts';

const path = '/socket.io/?EIO=4&transport=websocket';
/** What one is told at the beginning (`0{…}`, `40{…}`) has no 2 in the second place. */
const eventByte = { at: 1, is: 0x32 };

export async function startSocketIo(): Promise<Subject> {
  const port = await freePort();
  const program = join(import.meta.dirname, 'socket-io-server.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', program, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await untilSaid(child, /ready/);
  const pid = child.pid ?? 0;
  return {
    name: 'Socket.IO',
    door: { kind: 'websocket', port, path, heartbeat: null, eventByte },
    memberSays: () => ['40'],
    publishersReceive: true,
    async openListener(hear) {
      const socket = await openMemberSocket({ port, path }, { onEvents() {}, onText: hear });
      socket.sendText('40');
      return socket;
    },
    async openPublisher() {
      const echoes = createEchoes(/"id":"([^"]+)"/);
      const socket = await openMemberSocket({ port, path }, { onEvents() {}, onText: echoes.hear });
      socket.sendText('40');
      return {
        publish: (text) =>
          echoes.say((id) => {
            const message = { id, roomId: '1000', authorId: '1001', at: 1_700_000_000_000, text };
            socket.sendText(`42${JSON.stringify(['publish', message])}`);
          }),
        close: () => socket.close(),
      };
    },
    cpuSeconds: () => cpuSeconds(pid),
    residentBytes: () => residentBytes(pid),
    stop: () => stopChild(child),
  };
}
