import {
  stageAnswerers,
  stageFoulPolicies,
  type StageHelp,
  type StageHelpKind,
  stageHelpKinds,
  type StageOut,
  type StageAgain,
  type StageBuzzRule,
  type StageRound,
  type StageRun,
  stageSpeakers,
  type StageStake,
  stageStakings,
  type StageTurns,
  stageWays,
} from '@xuekao/contracts';
import { againOf, audienceTimeOf, pickOf, pointsOf, turnsOf, usualOut, withPart, withStake } from './round-form.js';

type Names = Readonly<Record<string, string>>;

interface Field {
  /** Key of its label in `desk.stage.sheets`. */
  readonly label: string;
  /** Where the server names a fault of it, below the round. */
  readonly paths: readonly string[];
}

/** What one field of a round shows, and the round once something else is put there. */
export type RoundField =
  | (Field & { readonly kind: 'number'; readonly value: number; put(value: number): StageRound })
  | (Field & { readonly kind: 'text'; readonly value: string; put(value: string): StageRound })
  | (Field & {
      readonly kind: 'pick';
      readonly choices: Names;
      readonly value: string;
      put(value: string): StageRound;
    });

/** Names of values, by their key in `desk.stage.sheets`. */
export type Words = (key: string) => Names;

function number(label: string, path: string, value: number, put: (value: number) => StageRound): RoundField {
  return { kind: 'number', label, paths: [path], value, put };
}

/** Points stand in hundredths, times in milliseconds; people write points and seconds. */
const scaled = (unit: number) => (label: string, path: string, value: number, put: (value: number) => StageRound) =>
  number(label, path, value / unit, (given) => put(Math.round(given * unit)));
const points = scaled(100);
const seconds = scaled(1_000);

function pick<Value extends string>(
  label: string,
  path: string,
  choices: Names,
  value: Value,
  put: (value: Value) => StageRound,
): RoundField {
  return { kind: 'pick', label, paths: [path, `${path}.kind`], choices, value, put: (given) => put(given as Value) };
}

/** Points by hand in one line, `30、20、10`; what cannot be read is not taken. */
function pointsLine(
  label: string,
  path: string,
  most: number,
  value: readonly number[],
  put: (value: readonly number[]) => StageRound,
): RoundField {
  const paths = [path, ...Array.from({ length: most }, (_, at) => `${path}[${at}]`)];
  const text = value.map((one) => String(one / 100)).join('、');
  return { kind: 'text', label, paths, value: text, put: (given) => put(pointsOf(given)?.slice(0, most) ?? value) };
}

/** A mark that a sheet has or leaves out. */
const flag = (
  label: string,
  path: string,
  words: Words,
  value: boolean | undefined,
  put: (value: true | null) => StageRound,
): RoundField =>
  pick(label, path, words('yesNo'), value === true ? 'yes' : 'no', (given) => put(given === 'yes' ? true : null));

export function turnFields(round: StageRound, words: Words): RoundField[] {
  const { turns } = round;
  const put = (change: object): StageRound => ({ ...round, turns: { ...turns, ...change } as StageTurns });
  const fields = [
    pick('turns', 'turns', words('turnKinds'), turns.kind, (kind) => ({
      ...round,
      turns: kind === turns.kind ? turns : turnsOf(kind),
    })),
    'laps' in turns && number('laps', 'turns.laps', turns.laps, (laps) => put({ laps })),
    'count' in turns && number('count', 'turns.count', turns.count, (count) => put({ count })),
    'places' in turns && number('places', 'turns.places', turns.places, (places) => put({ places })),
    'order' in turns && pick('order', 'turns.order', words('orders'), turns.order, (order) => put({ order })),
    'by' in turns && pick('pairsBy', 'turns.by', words('pairs'), turns.by, (by) => put({ by })),
    'first' in turns && pick('first', 'turns.first', words('firsts'), turns.first, (first) => put({ first })),
    'team' in turns && pick('oneTeam', 'turns.team', words('ones'), turns.team, (team) => put({ team })),
  ];
  return fields.filter((field) => field !== false);
}

export function answerFields(round: StageRound, words: Words): RoundField[] {
  const put = (change: Partial<StageRound>): StageRound => audienceTimeOf({ ...round, ...change });
  const { audienceMs, nobody } = round;
  const asksAudience = round.answer === 'audience' || nobody === 'audience' || audienceMs !== undefined;
  const fields = [
    pick('answer', 'answer', stageAnswerers, round.answer, (answer) => put({ answer })),
    pick('via', 'via', stageWays, round.via, (via) => put({ via })),
    pick('speaker', 'speaker', stageSpeakers, round.speaker, (speaker) => put({ speaker })),
    pick('staking', 'staking', stageStakings, round.staking, (staking) => put({ staking })),
    pick('pools', 'pools', words('poolKinds'), round.pools, (pools) => put({ pools })),
    pick('pick', 'pick', words('pickKinds'), round.pick ?? 'none', (kind) => pickOf(round, kind)),
    (round.pick === 'trap' || round.trappers !== undefined) &&
      number('trappers', 'trappers', round.trappers ?? 0, (trappers) => put({ trappers })),
    pick('nobody', 'nobody', words('nobodyKinds'), nobody ?? 'none', (kind) =>
      audienceTimeOf(withPart(round, 'nobody', kind === 'none' ? null : kind)),
    ),
    asksAudience && seconds('audienceSeconds', 'audienceMs', audienceMs ?? 0, (ms) => put({ audienceMs: ms })),
  ];
  return fields.filter((field) => field !== false);
}

/** Several questions in one turn. */
export function runFields(round: StageRound, words: Words): RoundField[] {
  const { run } = round;
  const length = number('run', 'run.length', run?.length ?? 1, (given) =>
    withPart(round, 'run', given === 1 ? null : { ...run, length: given }),
  );
  const first = { ...length, paths: ['run', 'run.length'] };
  if (!run) return [first];
  const { stopAtWrong, clock = 'question', ...base } = run;
  const put = (stop: boolean | null | undefined, by: StageRun['clock']): StageRound => ({
    ...round,
    run: { ...base, ...(stop ? { stopAtWrong: true } : {}), ...(by === 'run' ? { clock: by } : {}) },
  });
  return [
    first,
    flag('stopAtWrong', 'run.stopAtWrong', words, stopAtWrong, (stop) => put(stop, clock)),
    pick('runClock', 'run.clock', words('runClocks'), clock, (by) => put(stopAtWrong, by)),
  ];
}

/** What the round as a whole brings and costs. */
export function extraFields(round: StageRound): RoundField[] {
  const foul = round.foulPoints === undefined ? [] : [round.foulPoints];
  return [
    pointsLine('awards', 'awards', 20, round.awards ?? [], (given) =>
      withPart(round, 'awards', given.length > 0 ? given : null),
    ),
    pointsLine('seenFoul', 'foulPoints', 1, foul, ([given]) => withPart(round, 'foulPoints', given ?? null)),
  ];
}

/** 求助、免答、换题: how often, and per what. */
export function helpFields(round: StageRound, words: Words): RoundField[] {
  const helps = round.helps ?? [];
  const put = (given: readonly StageHelp[]): StageRound => withPart(round, 'helps', given.length > 0 ? given : null);
  return (Object.keys(stageHelpKinds) as StageHelpKind[]).flatMap((kind) => {
    const at = helps.findIndex((one) => one.kind === kind);
    const help = helps[at];
    const change = (part: Partial<StageHelp>): StageRound =>
      put(helps.map((one, index) => (index === at ? { ...one, ...part } : one)));
    const path = `helps[${at}]`;
    const times = number(`helpTimes.${kind}`, `${path}.times`, help?.times ?? 0, (given) => {
      if (given === 0) return put(helps.filter((one) => one.kind !== kind));
      return help ? change({ times: given }) : put([...helps, { kind, times: given, per: 'contest' }]);
    });
    if (!help) return [times];
    return [times, pick(`helpPer.${kind}`, `${path}.per`, words('pers'), help.per, (per) => change({ per }))];
  });
}

/** Who leaves the round, and when it ends by that. */
export function outFields(round: StageRound, words: Words): RoundField[] {
  const { out } = round;
  const has = pick<string>('out', 'out', words('yesNo'), out ? 'yes' : 'no', (given) =>
    withPart(round, 'out', given === 'yes' ? (out ?? usualOut) : null),
  );
  if (!out) return [has];
  const put = (change: Partial<StageOut>): StageRound => ({ ...round, out: { ...out, ...change } });
  const { sudden, ...base } = out;
  return [
    has,
    number('outWrongs', 'out.wrongs', out.wrongs, (wrongs) => put({ wrongs })),
    number('outLeft', 'out.left', out.left, (left) => put({ left })),
    flag('sudden', 'out.sudden', words, sudden, (on) => ({ ...round, out: on ? { ...base, sudden: on } : base })),
  ];
}

export function stakeFields(round: StageRound, index: number): RoundField[] {
  const stake = round.stakes[index];
  if (!stake) return [];
  const at = `stakes[${index}]`;
  return stakeParts(at, stake, (change) => withStake(round, index, change));
}

function stakeParts(at: string, stake: StageStake, put: (change: Partial<StageStake>) => StageRound): RoundField[] {
  const amounts = (['right', 'wrong', 'none'] as const).map((part) =>
    points(part, `${at}.${part}`, stake[part], (value) => put({ [part]: value })),
  );
  return [...amounts, seconds('seconds', `${at}.limitMs`, stake.limitMs, (limitMs) => put({ limitMs }))];
}

/** What holds where the sheet is silent. */
const usualCreditMs = 250;

export function buzzFields(round: StageRound): RoundField[] {
  const { buzz } = round;
  if (!buzz) return [];
  const put = (change: Partial<StageBuzzRule>): StageRound => ({ ...round, buzz: { ...buzz, ...change } });
  const { creditMostMs = usualCreditMs, ...silent } = buzz;
  const policies = Object.entries(stageFoulPolicies).map(([code, text]) => [code, `${code} ${text}`]);
  return [
    seconds('openSeconds', 'buzz.openMs', buzz.openMs, (openMs) => put({ openMs })),
    seconds('startSeconds', 'buzz.startMs', buzz.startMs, (startMs) => put({ startMs })),
    pick('fouls', 'buzz.fouls', Object.fromEntries(policies) as Names, buzz.fouls, (fouls) => put({ fouls })),
    points('foulPoints', 'buzz.foulPoints', buzz.foulPoints, (foulPoints) => put({ foulPoints })),
    number('creditMost', 'buzz.creditMostMs', creditMostMs, (most) => ({
      ...round,
      buzz: most === usualCreditMs ? silent : { ...silent, creditMostMs: most },
    })),
  ];
}

export function againFields(round: StageRound, words: Words): RoundField[] {
  const { again } = round;
  const kind = pick<string>('again', 'again', words('againKinds'), again?.kind ?? 'none', (given) =>
    withPart(round, 'again', againOf(given, again)),
  );
  if (!again) return [kind];
  const put = (change: Partial<StageAgain>): StageRound => ({ ...round, again: { ...again, ...change } });
  const fields = [
    kind,
    number('chances', 'again.chances', again.chances, (chances) => put({ chances })),
    seconds('openSeconds', 'again.openMs', again.openMs, (openMs) => put({ openMs })),
    ...stakeParts('again.stake', again.stake, (change) => put({ stake: { ...again.stake, ...change } })),
    again.softened !== undefined &&
      points('softened', 'again.softened', again.softened, (softened) => put({ softened })),
  ];
  return fields.filter((field) => field !== false);
}

/** All fields of a round as the form shows them now. */
export function roundFields(round: StageRound, words: Words): RoundField[] {
  return [
    ...turnFields(round, words),
    ...answerFields(round, words),
    ...runFields(round, words),
    ...round.stakes.flatMap((_, index) => stakeFields(round, index)),
    ...buzzFields(round),
    ...againFields(round, words),
    ...helpFields(round, words),
    ...outFields(round, words),
    ...extraFields(round),
  ];
}

/** Where the form says faults beside those of its fields. */
const sections = ['title', 'stakes', 'buzz', 'helps', 'brief', ...Array.from({ length: 8 }, (_, at) => `brief[${at}]`)];

/** Whether a fault of the round, by its path below it, stands somewhere on the form. */
export function isShown(round: StageRound, path: string, words: Words): boolean {
  return sections.includes(path) || roundFields(round, words).some(({ paths }) => paths.includes(path));
}
