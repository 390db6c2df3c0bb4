/** Members' sockets in a process of their own, so that receiving costs the server's core nothing. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { ReceiverReply, ReceiverRequest } from './receivers.ts';
import type { Subject } from './subjects.ts';

export interface Members {
  count(): Promise<{ events: number; resyncs: number; cpuSeconds: number }>;
  close(): void;
}

/** @param options.says what each says when it is open, instead of what members usually say. */
export async function openMembers(
  subject: Subject,
  count: number,
  options: { says?: (index: number) => readonly string[] } = {},
): Promise<Members> {
  const { says = subject.memberSays } = options;
  const child = fork(join(import.meta.dirname, 'receivers.ts'), { execArgv: ['--import', 'tsx'] });
  const ask = <Reply extends ReceiverReply>(request: ReceiverRequest): Promise<Reply> =>
    new Promise((resolve, reject) => {
      child.once('message', (reply) => resolve(reply as Reply));
      child.once('exit', (code) => reject(new Error(`the members' process ended with ${code}`)));
      child.send(request);
    });
  const members = Array.from({ length: count }, (_, index) => ({ say: says(index) }));
  const { port, path, heartbeat = null } = subject;
  await ask({ open: { port, path, members, heartbeat } });
  return { count: () => ask({ count: true }), close: () => void child.kill('SIGKILL') };
}
