import fc from 'fast-check';
import type { StageHostAct, StageRole } from '@xuekao/contracts';
import { isRefusal, seededRng } from '@xuekao/kernel';
import { aStageSetup, PlayedStage, rightChoice, wrongChoice } from '../../testing/stage-builders.js';
import { plainRules } from '../grading.js';
import {
  decideStage,
  decodeStage,
  emptyStage,
  encodeStage,
  evolveStage,
  isStageVisible,
  scoresOf,
  stagePersonal,
} from './index.js';
import { shippedSheets } from './sheets/index.js';
import type { StageEvent } from './stage-events.js';
import type { StageState } from './stage-state.js';

const roles: readonly StageRole[] = ['host', 'judge', 'team', 'audience', 'screen'];
const team = fc.integer({ min: 1, max: 4 });
const verdict = fc.constantFrom('right' as const, 'wrong' as const, 'none' as const, 'void' as const);
const small = fc.integer({ min: -1, max: 6 });
const help = fc.constantFrom('help' as const, 'pass' as const, 'exchange' as const);
const reason = fc.constant('理由');

const hostAct: fc.Arbitrary<StageHostAct> = fc.oneof(
  { weight: 12, arbitrary: fc.constant<StageHostAct>({ type: 'next' }) },
  { weight: 8, arbitrary: fc.record({ type: fc.constant('judge' as const), team, verdict }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('choose' as const), choice: small }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('undo' as const), reason }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('go-round' as const), round: small, reason }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('draw' as const),
      what: fc.constantFrom('seats' as const, 'sets' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('finish' as const), team }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('award-buzz' as const), team: fc.option(team) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('help' as const), team, help }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('foul' as const), team, reason }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('override' as const), line: small, verdict, reason }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('adjust' as const),
      team: small,
      points: fc.integer({ min: -3000, max: 3000 }),
      discipline: fc.boolean(),
      reason,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constantFrom('confirm' as const, 'reject' as const), proposal: small }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('substitute' as const),
      team: small,
      out: fc.constantFrom('t1m1', 't1m2'),
      in: fc.constantFrom('t1m4', 't1m1'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(
        'begin',
        'clue',
        'pause',
        'resume',
        'take-baton',
        'close',
        'reveal',
        'show',
        'start',
        'open',
        'standings',
      )
      .map((type) => ({ type }) as StageHostAct),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('void-question' as const), reason }) },
);

type Step =
  | { readonly do: 'host' | 'judge'; readonly act: StageHostAct }
  | {
      readonly do: 'answer' | 'finish' | 'press' | 'choose' | 'help' | 'audience';
      readonly who: number;
      readonly isRight: boolean;
      readonly n: number;
    }
  | { readonly do: 'wait' | 'outage'; readonly ms: number };

const aStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ do: fc.constant('host' as const), act: hostAct }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('judge' as const), act: hostAct }) },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'answer' as const,
        'finish' as const,
        'press' as const,
        'choose' as const,
        'help' as const,
        'audience' as const,
      ),
      who: team,
      isRight: fc.boolean(),
      n: small,
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 40_000 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('outage' as const), ms: fc.integer({ min: 1, max: 60_000 }) }) },
);
const steps = fc.array(aStep, { minLength: 30, maxLength: 90 });
/** Sheets with the round where a script begins, so that all formats are reached. */
const start = fc.tuple(fc.constantFrom(...Object.keys(shippedSheets)), fc.nat(4));
type Start = readonly [id: string, round: number];

const helps = ['help', 'pass', 'exchange'] as const;

function take(played: PlayedStage, step: Step): unknown {
  switch (step.do) {
    case 'host':
      return played.tryHost(step.act);
    case 'judge':
      return played.tryJudge(step.act, 'judge2');
    case 'wait':
      return played.after(step.ms);
    case 'outage':
      played.now += step.ms;
      return played.do({ type: 'outage', from: played.now - step.ms, to: played.now });
    default: {
      const { item } = played;
      const choice = step.isRight ? rightChoice : wrongChoice;
      if (step.do === 'answer') return played.tryTeam(step.who, { type: 'answer', item, choice });
      if (step.do === 'finish') return played.tryTeam(step.who, { type: 'finish', item });
      if (step.do === 'press') return played.tryPress(step.who);
      if (step.do === 'choose') return played.tryTeam(step.who, { type: 'choose', choice: step.n });
      if (step.do === 'help') return played.tryTeam(step.who, { type: 'help', item, help: helps[(step.n + 1) % 3]! });
      return played.audience(step.who, choice);
    }
  }
}

function begun([id, round]: Start): PlayedStage {
  const played = new PlayedStage(aStageSetup(shippedSheets[id]!, 4, 3, 3));
  for (const name of ['t1m1', 't2m1', 't3m2', 'a1', 'a2', 'a3']) played.join(name);
  played.tryHost({ type: 'go-round', round: round % shippedSheets[id]!.rounds.length, reason: '从这里开始' });
  return played;
}

const scoreList = (state: StageState): string => JSON.stringify([...scoresOf(state)]);

describe('laws of the stage contest', () => {
  it('replays its log to the same state, also through a snapshot at any point', () => {
    fc.assert(
      fc.property(start, steps, fc.nat(), (from, script, cut) => {
        const played = begun(from);
        for (const step of script) take(played, step);
        let replayed = emptyStage('room');
        played.events.forEach((event, index) => {
          if (index === cut % played.events.length) replayed = decodeStage(encodeStage(replayed));
          replayed = evolveStage(replayed, JSON.parse(JSON.stringify(event)) as StageEvent);
        });
        expect(encodeStage(replayed)).toBe(encodeStage(played.state));
      }),
      { numRuns: 60 },
    );
  });

  it('leaves a page that lays patches over its first view with the same screen as a new view', () => {
    const fixed = fc.sample(fc.tuple(start, steps), { seed: 46, numRuns: 12 });
    const phases = new Set<string>();
    fc.assert(
      fc.property(start, steps, (from, script) => {
        const played = begun(from);
        for (const step of script) {
          take(played, step);
          phases.add(played.state.play.phase);
        }
        for (const role of roles) {
          const { scene, staff } = played.view(role);
          expect(plain(played.page(role).scene)).toEqual(plain(scene));
          // Counts of the audience come as counters.
          expect({ ...plain(played.page(role).staff), audience: null }).toEqual({ ...plain(staff), audience: null });
        }
      }),
      // Chance alone leaves a phase out in one run of ten: the fixed ones reach them all.
      { numRuns: 60 + fixed.length, examples: fixed },
    );
    expect([...phases].sort()).toEqual(
      expect.arrayContaining([
        'answering',
        'audience',
        'buzzing',
        'choosing',
        'judged',
        'judging',
        'revealed',
        'standings',
      ]),
    );
  });

  it('shows no role a key while anybody may still answer, and never a question ahead of time', () => {
    let revealed = 0;
    fc.assert(
      fc.property(start, steps, (from, script) => {
        const played = begun(from);
        let published = 0;
        const open = new Set<string>();
        const shown = new Set<string>();
        for (const step of script) {
          take(played, step);
          const { phase } = played.state.play;
          const tag = tagOf(played.state);
          if (tag) shown.add(tag);
          const news = played.events.slice(published);
          published = played.events.length;
          if (tag && (phase === 'revealed' || phase === 'judged' || phase === 'judging')) open.add(tag);
          if (phase === 'revealed') revealed += 1;
          for (const role of roles) {
            const viewer = role === 'team' ? 't1m1' : role === 'audience' ? 'a1' : null;
            const text = JSON.stringify([
              news.filter((event) => isStageVisible(event, role)),
              news.flatMap((event) => [...stagePersonal(played.state, event)].filter(([to]) => to === viewer)),
              played.view(role, viewer),
            ]);
            for (const [found] of text.matchAll(/WHY[^!]*!/g)) expect(open).toContain(found.slice(3));
            for (const [found] of text.matchAll(/STEM[^!]*!/g)) expect(shown).toContain(found.slice(4));
            const isPublic = role !== 'host' && role !== 'judge';
            if (isPublic && phase !== 'revealed' && news.length === 0) expect(text).not.toMatch(/"key":(?!null)/);
            if (['question', 'buzzing', 'answering', 'audience'].includes(phase)) {
              expect(JSON.stringify(played.view(role, viewer))).not.toMatch(/"(key|explanation)":(?!null)/);
            }
          }
        }
      }),
      { numRuns: 60 },
    );
    expect(revealed).toBeGreaterThan(0);
  });

  it('keeps scores equal to the ledger, and gives them back with every undo', () => {
    let undone = 0;
    fc.assert(
      fc.property(start, steps, (from, script) => {
        const played = begun(from);
        const base = shippedSheets[from[0]]!.baseScore;
        for (const step of script) {
          take(played, step);
          for (const [number, score] of scoresOf(played.state)) {
            const lines = played.state.ledger.filter((line) => line.team === number && !line.undone);
            expect(score).toBe(base + lines.reduce((sum, { points }) => sum + points, 0));
          }
        }
        while (played.state.history.length > 0) {
          const checkpoint = played.state.history.at(-1)!;
          const before = { ...played.state, ledger: played.state.ledger.slice(0, checkpoint.lines) };
          const { play } = checkpoint;
          if (isRefusal(played.tryHost({ type: 'undo', reason: '误判' }))) break;
          undone += 1;
          expect(scoreList(played.state)).toBe(scoreList(before));
          expect(played.state.play.teams).toEqual(play.teams);
          expect(played.state.play.phase).toBe(play.phase);
        }
      }),
      { numRuns: 40 },
    );
    expect(undone).toBeGreaterThan(0);
  });

  it('tells officials of just those acts that it would take', () => {
    fc.assert(
      fc.property(start, steps, (from, script) => {
        const played = begun(from);
        for (const step of script) take(played, step);
        if (played.state.desk.pausedAt !== null || played.state.play.phase === 'ended') return;
        const { may } = played.view('host').staff!;
        const official = { role: 'host', accountId: 'h', name: '主持', console: 'c1', expect: null } as const;
        const takes = (act: StageHostAct): boolean => {
          const at = { now: played.now, rng: seededRng('law'), rules: plainRules };
          return !isRefusal(decideStage(played.state, { type: 'official', ...official, act }, at));
        };
        const rounds = [...played.state.setup!.sheet.rounds.keys()];
        const taken = rounds.filter((round) => takes({ type: 'go-round', round, reason: '理由' }));
        expect(taken).toEqual(may.rounds);
        expect(takes({ type: 'void-question', reason: '理由' })).toBe(may.void);
        expect(takes({ type: 'award-buzz', team: null })).toBe(may.award);
        for (const number of [1, 2, 3, 4]) {
          for (const kind of helps) {
            const isListed = may.helps.some((one) => one.team === number && one.help === kind);
            expect([number, kind, takes({ type: 'help', team: number, help: kind })]).toEqual([number, kind, isListed]);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('decides without touching the state it is asked about', () => {
    fc.assert(
      fc.property(start, steps, (from, script) => {
        const played = begun(from);
        for (const step of script) take(played, step);
        const before = encodeStage(played.state);
        const frozen = deepFrozen(decodeStage(before));
        const official = { role: 'host', accountId: 'h', name: '主持', console: 'c1', expect: null } as const;
        const at = { now: played.now, rng: seededRng('law'), rules: plainRules };
        decideStage(frozen, { type: 'official', ...official, act: { type: 'next' } }, at);
        expect(encodeStage(frozen)).toBe(before);
      }),
      { numRuns: 20 },
    );
  });
});

const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

function tagOf(state: StageState): string | null {
  const { item } = state.play;
  return item && `${item.round}.${item.pile}.${item.index}!`;
}

/** Frozen all the way down, except what a fold may change in place. */
function deepFrozen(state: StageState): StageState {
  const freeze = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  };
  const { audience: _audience, audienceOf: _of, ...rest } = state;
  Object.values(rest).forEach(freeze);
  return state;
}
