/** Members' sockets in a process of their own, so that receiving costs the server's core nothing. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { ReceiverCount, ReceiverReply, ReceiverRequest } from './receivers.ts';
import type { Subject } from './subjects/subject.ts';

export interface Members {
  readonly size: number;
  count(): Promise<ReceiverCount>;
  close(): void;
}

/** @param options.says what each says when it is open, instead of what members usually say. */
export async function openMembers(
  subject: Pick<Subject, 'door' | 'memberSays'>,
  size: number,
  options: { says?: (index: number) => readonly string[] } = {},
): Promise<Members> {
  const { says = subject.memberSays } = options;
  const child = fork(join(import.meta.dirname, 'receivers.ts'), { execArgv: ['--import', 'tsx'] });
  const ask = <Reply extends ReceiverReply>(request: ReceiverRequest): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const ended = (code: number | null): void =>
        reject(new Error(`the members' process ended with ${code}`));
      child.once('exit', ended);
      child.once('message', (reply: ReceiverReply) => {
        child.off('exit', ended);
        if ('failed' in reply) reject(new Error(`members could not come in: ${reply.failed}`));
        else resolve(reply as Reply);
      });
      child.send(request);
    });
  const members = Array.from({ length: size }, (_, index) => ({ say: says(index) }));
  await ask({ open: { door: subject.door, members } });
  return { size, count: () => ask({ count: true }), close: () => void child.kill('SIGKILL') };
}
