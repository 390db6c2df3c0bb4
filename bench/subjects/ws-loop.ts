/** The usual bare Node server to compare with: `ws`, and a loop that sends each message to each member. No storage. */
import { WebSocketServer, type WebSocket } from 'ws';

const members = new Set<WebSocket>();
const server = new WebSocketServer({
  port: Number(process.argv[2]),
  host: '127.0.0.1',
  perMessageDeflate: false,
});
server.on('connection', (socket, request) => {
  if (request.url === '/publish') {
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      for (const member of members) member.send(text);
    });
    return;
  }
  members.add(socket);
  socket.on('close', () => members.delete(socket));
});
server.on('listening', () => process.stdout.write('ready\n'));
