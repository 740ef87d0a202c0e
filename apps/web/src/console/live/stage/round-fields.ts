import {
  stageAnswerers,
  stageFoulPolicies,
  type StageAgain,
  type StageBuzzRule,
  type StageRound,
  type StageRun,
  stageSpeakers,
  stageStakings,
  type StageTurns,
  stageWays,
} from '@xuekao/contracts';
import { againOf, turnsOf, withPart, withStake } from './round-form.js';

type Names = Readonly<Record<string, string>>;

interface Field {
  /** Key of its label in `desk.stage.sheets`. */
  readonly label: string;
  /** Where the server names a fault of it, below the round. */
  readonly paths: readonly string[];
}

/** What one field of a round shows, and the round once something else is put there. */
export type RoundField =
  | (Field & { readonly choices?: undefined; readonly value: number; put(value: number): StageRound })
  | (Field & { readonly choices: Names; readonly value: string; put(value: string): StageRound });

/** Names of values, by their key in `desk.stage.sheets`. */
export type Words = (key: string) => Names;

function number(label: string, path: string, value: number, put: (value: number) => StageRound): RoundField {
  return { label, paths: [path, `${path}.length`], value, put };
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
  return { label, paths: [path, `${path}.kind`], choices, value, put: (given) => put(given as Value) };
}

export function turnFields(round: StageRound, words: Words): RoundField[] {
  const { turns } = round;
  const put = (change: object): StageRound => ({ ...round, turns: { ...turns, ...change } as StageTurns });
  const fields = [
    pick('turns', 'turns', words('turnKinds'), turns.kind, (kind) => ({ ...round, turns: turnsOf(kind) })),
    'laps' in turns && number('laps', 'turns.laps', turns.laps, (laps) => put({ laps })),
    'count' in turns && number('count', 'turns.count', turns.count, (count) => put({ count })),
    'places' in turns && number('places', 'turns.places', turns.places, (places) => put({ places })),
    'order' in turns && pick('order', 'turns.order', words('orders'), turns.order, (order) => put({ order })),
    'by' in turns && pick('pairsBy', 'turns.by', words('pairs'), turns.by, (by) => put({ by })),
  ];
  return fields.filter((field) => field !== false);
}

export function answerFields(round: StageRound, words: Words): RoundField[] {
  const put = (change: Partial<StageRound>): StageRound => ({ ...round, ...change });
  return [
    pick('answer', 'answer', stageAnswerers, round.answer, (answer) => put({ answer })),
    pick('via', 'via', stageWays, round.via, (via) => put({ via })),
    pick('speaker', 'speaker', stageSpeakers, round.speaker, (speaker) => put({ speaker })),
    pick('staking', 'staking', stageStakings, round.staking, (staking) => put({ staking })),
    pick('pools', 'pools', words('poolKinds'), round.pools, (pools) => put({ pools })),
    number('run', 'run', round.run?.length ?? 1, (length) => withPart(round, 'run', runOf(length, round.run))),
    pick('nobody', 'nobody', words('nobodyKinds'), round.nobody ?? 'none', (kind) =>
      withPart(round, 'nobody', kind === 'none' ? null : kind),
    ),
  ];
}

const runOf = (length: number, former: StageRun | undefined): StageRun | null =>
  length > 1 ? { ...former, length } : null;

export function stakeFields(round: StageRound, index: number): RoundField[] {
  const stake = round.stakes[index];
  if (!stake) return [];
  const at = `stakes[${index}]`;
  const amounts = (['right', 'wrong', 'none'] as const).map((part) =>
    points(part, `${at}.${part}`, stake[part], (value) => withStake(round, index, { [part]: value })),
  );
  const time = seconds('seconds', `${at}.limitMs`, stake.limitMs, (limitMs) => withStake(round, index, { limitMs }));
  return [...amounts, time];
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
    ...(['right', 'wrong'] as const).map((part) =>
      points(part, `again.stake.${part}`, again.stake[part], (value) =>
        put({ stake: { ...again.stake, [part]: value } }),
      ),
    ),
    again.softened !== undefined &&
      points('softened', 'again.softened', again.softened, (softened) => put({ softened })),
  ];
  return fields.filter((field) => field !== false);
}
