import { connect, createServer, type Socket } from 'node:net';

/** A way to a port of this machine that can be cut: what is open ends, and nothing new gets through. */
export interface TcpCable {
  readonly port: number;
  pull(): void;
  plug(): void;
  /** From now on what comes from that port is lost, and what goes there arrives. */
  deafen(): void;
  /** What is open hears nothing any more and is not heard, and nobody hangs up; what is opened from now on gets through. */
  silence(): void;
  close(): void;
}

export async function layCable(targetPort: number): Promise<TcpCable> {
  const open = new Set<Socket>();
  let plugged = true;
  let deaf = false;
  let silent = new WeakSet<Socket>();
  const keep = (socket: Socket): void => {
    open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => open.delete(socket));
  };
  const server = createServer((near) => {
    keep(near);
    if (!plugged) return near.destroy();
    const far = connect(targetPort, '127.0.0.1');
    keep(far);
    near.on('data', (bytes) => void (silent.has(near) || far.write(bytes)));
    far.on('data', (bytes) => void (deaf || silent.has(near) || near.write(bytes)));
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const pull = (): void => {
    plugged = false;
    for (const socket of open) socket.destroy();
  };
  return {
    port: (server.address() as { port: number }).port,
    pull,
    plug: () => void (plugged = true),
    deafen: () => void (deaf = true),
    silence: () => void (silent = new WeakSet(open)),
    close() {
      pull();
      server.close();
    },
  };
}
