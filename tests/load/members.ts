/** Members' sockets in a process of their own, so that receiving costs the server's core nothing. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { ReceiverReply, ReceiverRequest } from './receivers.ts';
import type { Subject } from './subjects.ts';

export interface Members {
  count(): Promise<{ events: number; resyncs: number; cpuSeconds: number }>;
  close(): void;
}

export async function openMembers(subject: Subject, count: number): Promise<Members> {
  const child = fork(join(import.meta.dirname, 'receivers.ts'), { execArgv: ['--import', 'tsx'] });
  const ask = <Reply extends ReceiverReply>(request: ReceiverRequest): Promise<Reply> =>
    new Promise((resolve, reject) => {
      child.once('message', (reply) => resolve(reply as Reply));
      child.once('exit', (code) => reject(new Error(`the members' process ended with ${code}`)));
      child.send(request);
    });
  const members = Array.from({ length: count }, (_, index) => ({ say: subject.memberSays(index) }));
  await ask({ open: { port: subject.port, path: subject.path, members } });
  return { count: () => ask({ count: true }), close: () => void child.kill('SIGKILL') };
}
