import { connect, createServer, type Socket } from 'node:net';

/** A way to a port of this machine that can be cut: what is open ends, and nothing new gets through. */
export interface TcpCable {
  readonly port: number;
  pull(): void;
  plug(): void;
  /** From now on what comes from that port is lost, and what goes there arrives. */
  deafen(): void;
  close(): void;
}

export async function layCable(targetPort: number): Promise<TcpCable> {
  const open = new Set<Socket>();
  let plugged = true;
  let deaf = false;
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
    near.pipe(far);
    far.on('data', (bytes) => void (deaf || near.write(bytes)));
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
    close() {
      pull();
      server.close();
    },
  };
}
