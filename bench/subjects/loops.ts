/** Servers that keep nothing and check nothing: what a bare loop over the members costs, in Node and in C (the limit). */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMemberSocket } from '../src/member-socket.ts';
import { cpuSeconds, residentBytes } from '../src/processes.ts';
import { createEchoes } from './echoes.ts';
import { freePort, stopChild, untilSaid } from './children.ts';
import type { Subject } from './subject.ts';

async function startLoop(
  name: string,
  command: (port: number) => readonly [string, readonly string[]],
): Promise<Subject> {
  const port = await freePort();
  const [program, args] = command(port);
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await untilSaid(child, /ready/);
  const pid = child.pid ?? 0;
  return {
    name,
    door: { kind: 'websocket', port, path: '/', heartbeat: null },
    memberSays: () => [],
    publishersReceive: true,
    openListener: (hear) => openMemberSocket({ port, path: '/' }, { onEvents() {}, onText: hear }),
    async openPublisher() {
      const echoes = createEchoes(/"clientId":"([^"]+)"/);
      const witness = await openMemberSocket({ port, path: '/' }, { onEvents() {}, onText: echoes.hear });
      const socket = await openMemberSocket({ port, path: '/publish' }, { onEvents() {} });
      return {
        publish: (text) => echoes.say((id) => socket.sendText(eventLike(text, id))),
        close() {
          socket.close();
          witness.close();
        },
      };
    },
    cpuSeconds: () => cpuSeconds(pid),
    residentBytes: () => residentBytes(pid),
    stop: () => stopChild(child),
  };
}

/** The bare loops send frames of the same size and beginning as Confab's. */
function eventLike(text: string, clientId: string): string {
  return `{"t":"event","stream":"room:1000","epoch":1,"seq":100000,"at":1700000000000,"name":"message.sent","data":{"message":{"id":"100000","seq":100000,"ordinal":100000,"threadOrdinal":null,"at":1700000000000,"roomId":"1000","authorId":"1001","clientId":"${clientId}","text":"${text}","mentions":{"users":{},"rooms":{},"all":false,"here":false},"threadId":null,"quoteId":null,"version":1,"editedAt":null,"deletedAt":null,"pinnedAt":null,"reactions":[],"thread":null}}}`;
}

export function startWsLoop(): Promise<Subject> {
  return startLoop('ws loop', (port) => [
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'ws-loop.ts'), String(port)],
  ]);
}

/**
 * @param options.coalesces whether what arrives together goes out together
 * @returns null where there is no C compiler
 */
export async function startEpollLoop(options: { coalesces?: boolean } = {}): Promise<Subject | null> {
  const { coalesces = false } = options;
  const folder = mkdtempSync(join(tmpdir(), 'confab-epoll-'));
  const program = join(folder, 'epoll-loop');
  try {
    execFileSync('cc', ['-O2', '-o', program, join(import.meta.dirname, 'epoll-loop.c')], { stdio: 'pipe' });
  } catch {
    rmSync(folder, { recursive: true, force: true });
    return null;
  }
  const name = coalesces ? 'C epoll loop, coalescing' : 'C epoll loop';
  const subject = await startLoop(name, (port) => [
    program,
    [String(port), ...(coalesces ? ['coalescing'] : [])],
  ]);
  return {
    ...subject,
    stop: async () => {
      await subject.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
