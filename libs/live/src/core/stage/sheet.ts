import type { StageRound, StageSheet, StageSheetFault } from '@xuekao/contracts';
import { buzzRuleBounds } from '../buzzer/index.js';
import { flag, kinds, listOf, oneOf, shape, text, whole } from './shape.js';

const mostPoints = 1_000_000;
const gain = whole(0, mostPoints);
const loss = whole(-mostPoints, 0);
const ms = whole(1_000, 600_000);
const order = oneOf('seat', 'low-first', 'high-first');
const stake = shape({ right: gain, wrong: loss, none: loss, limitMs: ms });

const turns = kinds({
  each: { laps: whole(1, 20), order },
  together: { count: whole(1, 100) },
  pairs: { by: oneOf('rank', 'seat', 'draw') },
  ring: { first: oneOf('draw', 'leader'), order },
  one: { team: oneOf('lowest', 'leader') },
  tied: { places: whole(1, 20), count: whole(1, 50) },
  audience: { count: whole(1, 50) },
});

const round = shape(
  {
    id: text(32, /^[a-z0-9-]+$/),
    title: text(20),
    turns,
    answer: oneOf('floor', 'all', 'buzz', 'alternate', 'audience'),
    via: oneOf('device', 'spoken'),
    speaker: oneOf('any', 'in-turn', 'captain', 'captain-first', 'audience-pick'),
    staking: oneOf('fixed', 'step', 'choice', 'clue'),
    stakes: listOf(stake, 1, 20),
    pools: oneOf('one', 'per-team', 'per-stake'),
  },
  {
    brief: listOf(text(80), 0, 8),
    run: shape({ length: whole(1, 50) }, { stopAtWrong: flag, clock: oneOf('question', 'run') }),
    buzz: shape(
      { openMs: ms, startMs: ms, fouls: oneOf('V1', 'V2', 'V3', 'V4', 'V5'), foulPoints: loss },
      { creditMostMs: whole(...buzzRuleBounds.creditMostMs) },
    ),
    again: shape(
      { kind: oneOf('buzz', 'rescue', 'opponent'), chances: whole(1, 10), openMs: ms, stake },
      { softened: loss },
    ),
    foulPoints: loss,
    nobody: oneOf('void', 'audience'),
    helps: listOf(
      shape({ kind: oneOf('help', 'pass', 'exchange'), times: whole(1, 10), per: oneOf('round', 'contest') }),
      0,
      3,
    ),
    out: shape({ wrongs: whole(1, 20), left: whole(0, 50) }, { sudden: flag }),
    pick: oneOf('floor', 'trap'),
    trappers: whole(1, 10),
    awards: listOf(gain, 1, 20),
    audienceMs: ms,
  },
);

const sheetShape = shape(
  {
    format: oneOf(1),
    name: text(60),
    baseScore: whole(0, mostPoints),
    teams: shape({ least: whole(1, 100), most: whole(1, 100) }),
    members: shape({ least: whole(1, 20), most: whole(1, 20), substitutes: whole(0, 10) }),
    judging: shape({ by: oneOf('host', 'judges'), confirm: oneOf('one', 'two') }),
    ranking: oneOf('points', 'exit'),
    rounds: listOf(round, 1, 30),
  },
  { note: text(500) },
);

/** The sheet, or every fault of it by path: first those of shape; those of sense only where the shape is right. */
export function readSheet(value: unknown): { readonly sheet: StageSheet | null; readonly faults: StageSheetFault[] } {
  const faults: StageSheetFault[] = [];
  sheetShape(value, '', faults);
  if (faults.length > 0) return { sheet: null, faults: faults.slice(0, 100) };
  const sheet = value as StageSheet;
  faults.push(...senseOf(sheet));
  return { sheet: faults.length > 0 ? null : sheet, faults };
}

function senseOf(sheet: StageSheet): StageSheetFault[] {
  const faults: StageSheetFault[] = [];
  const say = (path: string, message: string): number => faults.push({ path, message });
  if (sheet.teams.least > sheet.teams.most) say('teams.least', '不能大于 teams.most');
  if (sheet.members.least > sheet.members.most) say('members.least', '不能大于 members.most');
  if (sheet.ranking === 'exit' && !sheet.rounds.some((one) => one.out)) say('ranking', '没有设淘汰（out）的环节');
  const ids = sheet.rounds.map(({ id }) => id);
  sheet.rounds.forEach((one, index) => {
    const path = `rounds[${index}]`;
    if (ids.indexOf(one.id) !== index) say(`${path}.id`, '与前面的环节重复');
    for (const [key, message] of faultsOf(one)) say(`${path}.${key}`, message);
  });
  return faults;
}

const answerersOf: Readonly<Record<StageRound['turns']['kind'], readonly StageRound['answer'][]>> = {
  each: ['floor'],
  together: ['all', 'buzz'],
  pairs: ['all', 'buzz', 'alternate'],
  ring: ['alternate', 'buzz'],
  one: ['floor'],
  tied: ['all', 'buzz'],
  audience: ['audience'],
};

const stakesFor = { fixed: [1, 1], step: [1, 20], choice: [2, 20], clue: [2, 20] } as const;

function* faultsOf(one: StageRound): Iterable<readonly [key: string, message: string]> {
  const { turns: turn, answer, staking, stakes, run, again, out, pools, pick, nobody } = one;
  const answerers = answerersOf[turn.kind];
  if (!answerers.includes(answer)) yield ['answer', `turns.kind 为 ${turn.kind} 时应为 ${answerers.join('、')}`];
  const [least, most] = stakesFor[staking];
  if (stakes.length < least || stakes.length > most)
    yield ['stakes', `staking 为 ${staking} 时应有 ${least} 到 ${most} 项`];
  if (staking === 'clue' && answer !== 'buzz' && answer !== 'floor')
    yield ['staking', '线索题只能由轮到的队作答或抢答'];
  if (staking === 'choice' && answer !== 'floor') yield ['staking', '自选分值需由轮到的队作答'];
  const presses = answer === 'buzz' || again?.kind === 'buzz' || again?.kind === 'rescue';
  if (presses && !one.buzz) yield ['buzz', '有抢答时必须设置'];
  if (!presses && one.buzz) yield ['buzz', '没有抢答，不应设置'];
  if (again?.kind === 'opponent' && answer !== 'alternate') yield ['again.kind', 'opponent 只用于双方轮流'];
  if (again && (answer === 'all' || answer === 'audience')) yield ['again', '各队同时或观众作答时没有第二次机会'];
  if (again?.softened !== undefined && again.kind !== 'rescue') yield ['again.softened', '只用于抢救（rescue）'];
  if ((nobody === 'audience' || answer === 'audience') && !one.audienceMs) yield ['audienceMs', '有观众作答时必须设置'];
  if (run && (turn.kind === 'together' || turn.kind === 'tied' || turn.kind === 'audience'))
    yield ['run', '该轮次方式不能连续出题'];
  if (run?.clock === 'run' && (answer !== 'floor' || again || staking === 'choice'))
    yield ['run.clock', '总计时只用于轮到的队连续作答'];
  if (turn.kind === 'pairs' && answer === 'alternate' && (run?.length ?? 1) % 2 === 1)
    yield [run ? 'run.length' : 'run', '双方轮流作答，题数应为偶数，两队才各答同样多'];
  if (turn.kind === 'ring' && !out) yield ['out', '擂台必须设置淘汰'];
  if (out?.sudden === true && answer !== 'buzz') yield ['out.sudden', '突然死亡只用于抢答'];
  if (pools === 'per-team' && turn.kind !== 'each') yield ['pools', 'per-team 只用于各队依次作答'];
  if (pools === 'per-stake' && staking !== 'choice') yield ['pools', 'per-stake 只用于自选分值'];
  if (pick === 'trap' && (turn.kind !== 'one' || !one.trappers)) yield ['pick', '陷阱题需指定一队作答并设 trappers'];
  if (pick !== 'trap' && one.trappers) yield ['trappers', '只用于陷阱题'];
  if (pick && answer !== 'floor') yield ['pick', '选题需由轮到的队作答'];
  if (one.speaker === 'audience-pick' && answer !== 'floor') yield ['speaker', '挑选观众需由轮到的队作答'];
  const choices = [staking === 'choice', pick !== undefined, one.speaker === 'audience-pick'].filter(Boolean).length;
  if (choices > 1) yield ['pick', '分值、题号、观众只能选其一'];
  if (one.helps && answer !== 'floor' && answer !== 'alternate') yield ['helps', '求助、免答、换题只用于轮到的队'];
  const helps = (one.helps ?? []).map(({ kind }) => kind);
  if (new Set(helps).size < helps.length) yield ['helps', '同一种权利只能列一次'];
}
