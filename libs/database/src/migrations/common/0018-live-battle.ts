import { defineMigration } from '../schema.js';

const modes = ['duel', 'four', 'survival'];
const ends = ['played', 'left', 'nobody-answers', 'mistake', 'not-revived', 'gave-up', 'all-answered'];

export const liveBattle0018 = defineMigration(18, 'live-battle', (m) => {
  m.table('battle_place', (t) => {
    t.ref('member_id');
    t.choice('state', ['waiting', 'playing']);
    t.choice('mode', modes);
    t.instant('since');
    t.int('rating');
    t.ref('room_id').nullable();
    t.primary('member_id');
    t.index('ix_battle_place_state', 'state', 'mode', 'since');
    t.index('ix_battle_place_room', 'room_id');
  });
  m.table('battle_rating', (t) => {
    t.ref('member_id');
    t.choice('mode', modes);
    t.int('rating');
    t.int('games');
    t.primary('member_id', 'mode');
  });
  m.table('battle_player', (t) => {
    t.ref('member_id');
    t.flag('lends_records');
    t.int('survival_best');
    t.instant('survival_best_at').nullable();
    t.int('survival_runs');
    t.primary('member_id');
  });
  m.table('battle_game', (t) => {
    t.id();
    t.choice('mode', modes);
    t.choice('ending', ends);
    t.instant('ended_at');
    t.int('persons');
    t.int('ghosts');
    t.json('questions');
    t.index('ix_battle_game_mode', 'mode', 'ending', 'ended_at');
  });
  m.table('battle_seat', (t) => {
    t.ref('game_id', 'battle_game');
    t.int('seat');
    t.ref('member_id');
    t.int('rating');
    t.int('correct');
    t.int('scoring_ms');
    t.int('place').nullable();
    t.flag('has_left');
    t.json('answers');
    t.primary('game_id', 'seat');
    t.index('ix_battle_seat_member', 'member_id', 'game_id');
  });
});
