import { defineMigration } from '../schema.js';

export const rooms0008 = defineMigration(8, 'rooms', (m) => {
  m.table('room', (t) => {
    t.id();
    t.code('kind', 40);
    t.instant('created_at');
    t.instant('closed_at').nullable();
    t.index('ix_room_open', 'closed_at', 'created_at');
  });
  m.table('room_lease', (t) => {
    t.ref('room_id', 'room');
    t.int('epoch');
    t.code('owner', 64);
    t.int('head_seq');
    t.code('head_hash', 64);
    t.instant('last_alive_at').nullable();
    t.primary('room_id');
    t.index('ix_room_lease_alive', 'last_alive_at');
  });
  m.table('room_event', (t) => {
    t.ref('room_id', 'room');
    t.int('seq');
    t.int('epoch');
    t.instant('at');
    t.longText('payload');
    t.code('hash', 64);
    t.primary('room_id', 'seq');
  });
  m.table('room_snapshot', (t) => {
    t.ref('room_id', 'room');
    t.int('seq');
    t.instant('at');
    t.int('version');
    t.code('hash', 64);
    t.longText('state');
    t.primary('room_id', 'seq');
  });
});
