// The floor of bench:live: a bare socket.io server that acknowledges every answer and broadcasts what it is told to, with the
// same settings of the transport. It checks nothing and stores nothing.
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, { perMessageDeflate: false, transports: ['websocket'], serveClient: false });
const live = io.of('/live');
live.on('connection', (socket) => {
  socket.join('players');
  for (const message of ['room:answer', 'room:buzz']) {
    socket.on(message, (body, ack) => ack({ ok: true, value: { commandId: body.commandId, seq: 1, at: Date.now() } }));
  }
  socket.on('floor:broadcast', (frame, ack) => {
    ack({ ok: true });
    live.local.to('players').emit('room:event', frame);
  });
});
http.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () =>
  process.stdout.write(`listens on ${http.address().port}\n`),
);
