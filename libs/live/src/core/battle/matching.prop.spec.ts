import fc from 'fast-check';
import { seededRng } from '@xuekao/kernel';
import { chooseGhosts, fits, ghostsAfterMs, matchTickets } from './matching.js';
import type { GhostGame } from './matching.js';
import { byDifficulty, drawQuestions } from './question-draw.js';
import { ratingsAfter } from './rating.js';

const now = 1_000_000;
const tickets = fc.uniqueArray(
  fc.record({
    memberId: fc.nat(40).map((n) => `m${n}`),
    rating: fc.integer({ min: 100, max: 3_000 }),
    since: fc.integer({ min: now - 9_000, max: now }),
  }),
  { selector: ({ memberId }) => memberId, maxLength: 20 },
);
const mode = fc.constantFrom('duel' as const, 'four' as const);

describe('matching', () => {
  it('gives the same groups for the same tickets in any order: who meets whom is symmetric', () => {
    fc.assert(
      fc.property(mode, tickets, fc.string(), (kind, list, seed) => {
        expect(matchTickets(kind, seededRng(seed).shuffle(list), now)).toEqual(matchTickets(kind, list, now));
        for (const a of list) for (const b of list) expect(fits(a, b, now)).toBe(fits(b, a, now));
      }),
    );
  });

  it('seats nobody twice, fills a battle or asks for ghosts, and leaves nobody waiting too long', () => {
    fc.assert(
      fc.property(mode, tickets, (kind, list) => {
        const groups = matchTickets(kind, list, now);
        const seated = groups.flatMap(({ members }) => members);
        expect(new Set(seated).size).toBe(seated.length);
        for (const { members, wantsGhosts } of groups) {
          expect(members.length).toBeLessThanOrEqual(kind === 'duel' ? 2 : 4);
          expect(wantsGhosts).toBe(members.length < (kind === 'duel' ? 2 : 4));
        }
        for (const { memberId, since } of list) {
          if (now - since >= ghostsAfterMs) expect(seated).toContain(memberId);
        }
      }),
    );
  });

  it('takes the nearest rating that fits, at once', () => {
    const ticket = (memberId: string, rating: number, since = now) => ({ memberId, rating, since });
    expect(matchTickets('duel', [ticket('a', 1_000, now - 10), ticket('b', 1_090), ticket('c', 1_010)], now)).toEqual([
      { members: ['a', 'c'], wantsGhosts: false },
    ]);
    expect(matchTickets('duel', [ticket('a', 1_000), ticket('b', 1_400)], now)).toEqual([]);
    expect(matchTickets('duel', [ticket('a', 1_000, now - 4_000), ticket('b', 1_400)], now)).toHaveLength(1);
    expect(matchTickets('four', [ticket('a', 1_000, now - 7_000), ticket('b', 2_000)], now)).toEqual([
      { members: ['a', 'b'], wantsGhosts: true },
    ]);
  });
});

describe('ghosts', () => {
  const ghost = (seat: number, memberId: string, rating = 1_000) => ({ seat, memberId, rating, answers: [] });
  const game = (gameId: string, questionIds: string[], ...seats: GhostGame['seats'][number][]): GhostGame => {
    return { gameId, questionIds, seats };
  };
  const given = { members: ['me'], recentQuestions: new Set(['old']), rating: 1_000, wanted: 1 };

  it('come from a game with questions new to the players and without them', () => {
    const games = [
      game('g1', ['old', 'q1'], ghost(1, 'a')),
      game('g2', ['q1'], ghost(1, 'me'), ghost(2, 'a')),
      game('g3', ['q2'], ghost(1, 'b', 2_000)),
      game('g4', ['q3'], ghost(1, 'c', 1_100)),
    ];
    expect(chooseGhosts(games, given)?.game.gameId).toBe('g4');
    expect(chooseGhosts(games.slice(0, 2), given)).toBeNull();
  });

  it('fill as many seats as are wanted, the nearest in rating', () => {
    const games = [
      game('g1', ['q1'], ghost(1, 'a')),
      game('g2', ['q2'], ghost(1, 'b', 1_500), ghost(2, 'c', 1_100), ghost(3, 'd', 900), ghost(4, 'e', 1_900)),
    ];
    const chosen = chooseGhosts(games, { ...given, wanted: 3 });
    expect(chosen?.seats.map(({ memberId }) => memberId)).toEqual(['c', 'd', 'b']);
  });
});

describe('drawn questions', () => {
  const pool = Array.from({ length: 20 }, (_, n) => ({
    questionId: `q${n}`,
    versionId: `v${n}`,
    difficulty: 1 + (n % 3),
  }));

  it('are all different, and none is recent while there are enough others', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(19), { maxLength: 20 }),
        fc.integer({ min: 1, max: 20 }),
        fc.string(),
        (seen, count, seed) => {
          const recent = seen.map((n) => `q${n}`);
          const drawn = drawQuestions(pool, recent, count, seededRng(seed));
          expect(new Set(drawn.map(({ questionId }) => questionId)).size).toBe(count);
          const repeated = drawn.filter(({ questionId }) => recent.includes(questionId));
          expect(repeated.length).toBe(Math.max(0, count - (20 - recent.length)));
          expect(byDifficulty(drawn).map(({ difficulty }) => difficulty)).toEqual(
            drawn.map(({ difficulty }) => difficulty).sort(),
          );
        },
      ),
    );
  });
});

describe('ratings', () => {
  const players = fc.array(
    fc.record({
      rating: fc.integer({ min: 100, max: 3_000 }),
      games: fc.nat(50),
      place: fc.integer({ min: 1, max: 4 }),
    }),
    { minLength: 1, maxLength: 4 },
  );

  it('move by at most 40, stay in bounds, and stand still without another person', () => {
    fc.assert(
      fc.property(players, (list) => {
        const rated = list.map((player, index) => ({ ...player, memberId: `m${index}` }));
        const after = ratingsAfter(rated);
        for (const { memberId, rating } of rated) {
          expect(Math.abs(after.get(memberId)! - rating)).toBeLessThanOrEqual(list.length === 1 ? 0 : 40);
          expect(after.get(memberId)).toBeGreaterThanOrEqual(100);
        }
      }),
    );
  });

  it('rise for the winner and fall for the other alike', () => {
    const pair = [1, 2].map((place) => ({ memberId: `m${place}`, rating: 1_000, games: 0, place }));
    expect([...ratingsAfter(pair).values()]).toEqual([1_020, 980]);
  });
});
