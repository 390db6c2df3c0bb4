/** The usual choice: a Socket.IO server with one room, which passes each message on. No storage, no permissions. */
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, { transports: ['websocket'], pingInterval: 3_600_000, serveClient: false });
io.on('connection', (socket) => {
  void socket.join('room');
  socket.on('publish', (message: unknown) => void io.to('room').emit('message', message));
});
http.listen(Number(process.argv[2]), '127.0.0.1', () => process.stdout.write('ready\n'));
