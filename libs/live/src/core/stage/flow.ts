import type { StageOrder, StageRound } from '@xuekao/contracts';
import { emptyBuzz } from '../buzzer/index.js';
import { standingsOf, tiesOf, trappersOf } from './ledger.js';
import { awardPlaces } from './leaving.js';
import { armBuzz } from './arming.js';
import { questionOf } from './stage-state.js';
import type { ItemPlay, StageState, TurnPlay } from './stage-state.js';
import type { Work } from './work.js';

/** Begins a round from its first turn; fouls, wrong answers and those who left are of a round. */
export function startRound(work: Work, index: number): void {
  const { sheet } = work.base.setup!;
  const round = sheet.rounds[index]!;
  const helpsOfRound = (round.helps ?? []).filter(({ per }) => per === 'round').map(({ kind }) => kind);
  const teams = work.play.teams.map((team) => {
    const helps = Object.fromEntries(
      Object.entries(team.helps).filter(([kind]) => !helpsOfRound.includes(kind as never)),
    );
    return { ...team, out: false, wrongs: 0, asked: 0, helps };
  });
  const fromLine = work.base.ledger.length + work.lines.length + 1;
  const fresh = { index, queue: [], lap: 0, turn: 0, of: null, exits: [], holder: null, isOver: false, fromLine };
  const buzz = { ...emptyBuzz, buzz: work.play.buzz.buzz, quotas: work.play.buzz.quotas };
  work.set({ round: fresh, turn: null, item: null, buzz, teams });
  if (round.turns.kind !== 'tied') work.setRound({ of: turnsOf(round, work.play.teams.length) });
  work.enter('intro');
}

function turnsOf({ turns }: StageRound, teams: number): number | null {
  switch (turns.kind) {
    case 'each':
      return turns.laps * teams;
    case 'together':
    case 'audience':
      return turns.count;
    case 'pairs':
      return Math.floor(teams / 2);
    case 'one':
      return 1;
    case 'ring':
    case 'tied':
      return null;
  }
}

const stays = (state: StageState): number[] => {
  const out = new Set(state.play.teams.filter((team) => team.out).map(({ team }) => team));
  return state.play.seats.filter((team) => !out.has(team));
};

function ordered(state: StageState, order: StageOrder): number[] {
  const teams = stays(state);
  if (order === 'seat') return teams;
  const scores = new Map(standingsOf(state).map(({ team, score }) => [team, score]));
  const sign = order === 'low-first' ? 1 : -1;
  return teams.toSorted((a, b) => sign * (scores.get(a)! - scores.get(b)!));
}

/** The floor of the next turn, or null when the round is over. Takes it off the queue. */
function nextFloor(work: Work): readonly number[] | null {
  const { round } = work;
  const { turns } = round;
  const place = work.play.round!;
  const left = stays(work.state);
  if (round.out && place.turn > 0 && left.length <= round.out.left && turns.kind !== 'tied') return null;
  switch (turns.kind) {
    case 'each':
      return fromLaps(work, turns.laps, turns.order);
    case 'together':
      return place.turn < turns.count && left.length > 0 ? left : null;
    case 'audience':
      return place.turn < turns.count ? [] : null;
    case 'one': {
      const standings = standingsOf(work.state);
      const team = turns.team === 'leader' ? standings[0]?.team : standings.at(-1)?.team;
      return place.turn === 0 && team !== undefined ? [team] : null;
    }
    case 'pairs':
      if (place.turn === 0) work.setRound({ queue: pairsOf(work, turns.by) });
      return takeFloor(work);
    case 'ring':
      return ringFloor(work, turns.first, turns.order);
    case 'tied':
      return tiedFloor(work, turns.places);
  }
}

function takeFloor(work: Work): readonly number[] | null {
  const [floor, ...queue] = work.play.round!.queue;
  work.setRound({ queue });
  return floor ?? null;
}

function fromLaps(work: Work, laps: number, order: StageOrder): readonly number[] | null {
  const { queue, lap } = work.play.round!;
  if (queue.length === 0) {
    if (lap >= laps) return null;
    work.setRound({ lap: lap + 1, queue: ordered(work.state, order).map((team) => [team]) });
  }
  const floor = takeFloor(work);
  return floor && work.team(floor[0]!).out ? fromLaps(work, laps, order) : floor;
}

function pairsOf(work: Work, by: 'rank' | 'seat' | 'draw'): number[][] {
  const { seats } = work.play;
  const ranked = (): number[] => standingsOf(work.state).map(({ team }) => team);
  const teams = by === 'rank' ? ranked() : by === 'seat' ? [...seats] : work.at.rng.shuffle(seats);
  const pairs: number[][] = [];
  for (let index = 0; index + 1 < teams.length; index += 2) pairs.push([teams[index]!, teams[index + 1]!]);
  return pairs;
}

function ringFloor(work: Work, first: 'draw' | 'leader', order: StageOrder): readonly number[] | null {
  const { round } = work.play;
  const left = ordered(work.state, order);
  let holder = round!.holder;
  let { queue } = round!;
  if (round!.turn === 0) {
    holder = (first === 'leader' ? standingsOf(work.state)[0]?.team : work.at.rng.shuffle(left)[0]) ?? null;
    queue = left.filter((team) => team !== holder).map((team) => [team]);
  }
  const open = queue.filter(([team]) => left.includes(team!));
  if (holder === null || !left.includes(holder)) holder = survivorOf(work);
  const [challenger, ...rest] = open.filter(([team]) => team !== holder);
  work.setRound({ holder, queue: rest });
  return holder !== null && challenger ? [holder, ...challenger] : null;
}

/** Of the last pair the one who is not out keeps the ring. */
function survivorOf(work: Work): number | null {
  return work.play.turn?.floor.find((team) => !work.team(team).out) ?? null;
}

function tiedFloor(work: Work, places: number): readonly number[] | null {
  const [group] = tiesOf(standingsOf(work.state), places);
  if (!group) return null;
  const { turn } = work.play;
  // Questions have run out without settling it: the place is shared.
  if (turn && !turn.isOver && group.length === turn.floor.length && group.every((team) => turn.floor.includes(team)))
    return null;
  // Every tie is a contest of its own: those who went out in the former one are in again.
  for (const team of group) work.setTeam(team, { out: false, wrongs: 0 });
  return work.play.seats.filter((team) => group.includes(team));
}

/** How many questions a turn has at most. */
export function stepsOf(round: StageRound): number {
  if (round.turns.kind === 'tied') return round.turns.count;
  if (round.turns.kind === 'ring') return Infinity;
  return round.run?.length ?? 1;
}

function goesOn(work: Work, turn: TurnPlay | null): turn is TurnPlay {
  return turn !== null && !turn.isOver && turn.step < stepsOf(work.round);
}

/** Whether another question of the round can come, without changing anything. */
export function hasMore(work: Work): boolean {
  const { play } = work;
  if (!play.round || play.round.isOver) return false;
  const last = play.item;
  const has =
    (goesOn(work, play.turn) || nextFloor(work) !== null) && (last === null || freeIn(work, last.pile) !== null);
  work.play = play;
  return has;
}

const pileKey = (round: string, pile: number): string => `${round}/${pile}`;

export function freeQuestions(work: Work, pile: number): number[] {
  const { id } = work.round;
  const used = work.play.used[pileKey(id, pile)] ?? [];
  const questions = work.base.setup!.piles.find((one) => one.round === id && one.pile === pile)?.questions ?? [];
  return [...questions.keys()].filter((index) => !used.includes(index));
}

function freeIn(work: Work, pile: number): number | null {
  return freeQuestions(work, pile)[0] ?? null;
}

/** The next question, or the choice before it; the round's end when there is none. */
export function advance(work: Work): void {
  const { turn } = work.play;
  if (goesOn(work, turn)) {
    work.set({ turn: { ...turn, step: turn.step + 1 } });
  } else {
    const floor = nextFloor(work);
    if (!floor) return endRound(work);
    work.setRound({ turn: work.play.round!.turn + 1 });
    work.set({ turn: { floor, step: 1, isOver: false } });
  }
  const { staking, pick, speaker } = work.round;
  const chooses = staking === 'choice' || pick !== undefined || speaker === 'audience-pick';
  if (chooses) return void work.set({ item: null }).enter('choosing');
  showQuestion(work, {});
}

interface Chosen {
  readonly stake?: number;
  readonly index?: number;
  readonly person?: number;
}

export function showQuestion(work: Work, { stake, index, person }: Chosen): void {
  const { round, play } = work;
  const turn = play.turn!;
  const team = turn.floor[0] ?? 1;
  const ownPile = round.pools === 'per-team' ? (play.sets[team - 1] ?? team) - 1 : 0;
  const pile = round.pools === 'per-stake' ? (stake ?? 0) : ownPile;
  const at = index ?? freeIn(work, pile);
  if (at === null) return endRound(work);
  const key = pileKey(round.id, pile);
  const step = round.staking === 'step' ? turn.step - 1 : 0;
  const item: ItemPlay = {
    item: play.items + 1,
    round: round.id,
    pile,
    index: at,
    stake: stake ?? step,
    clues: 1,
    active: [],
    ...(round.pick === 'trap' ? { trappers: trappersOf(work.state, round, team) } : {}),
    tried: [],
    chances: 0,
    again: false,
    begun: false,
    drafts: [],
    results: [],
    person: person ?? null,
    audienceAsked: false,
    voided: null,
    histogram: null,
  };
  const used = { ...play.used, [key]: [...(play.used[key] ?? []), at] };
  const before = {
    teams: play.teams.map(({ team: _team, members: _members, ...one }) => one),
    exits: play.round!.exits,
  };
  work.set({ item, before, items: item.item, used }).enter('question');
  for (const one of askedTeams(round, turn)) work.setTeam(one, { asked: work.team(one).asked + 1 });
  if (round.answer === 'buzz') armBuzz(work, play.round!.turn === 1 && turn.step === 1 ? 'round' : 'question');
}

/** Who is asked first: the floor, both in turns, or all. */
export function askedTeams(round: StageRound, turn: TurnPlay): readonly number[] {
  if (round.answer === 'alternate') {
    const { floor, step } = turn;
    // The challenger answers first.
    const asked = floor[round.turns.kind === 'ring' ? step % floor.length : (step - 1) % floor.length];
    return asked === undefined ? [] : [asked];
  }
  return round.answer === 'floor' || round.answer === 'all' ? turn.floor : [];
}

export function clueLines(stem: string): string[] {
  return stem.split('\n').filter((line) => line.trim() !== '');
}

export function hasMoreClues(state: StageState, round: StageRound, item: ItemPlay): boolean {
  if (round.staking !== 'clue') return false;
  return item.clues < clueLines(questionOf(state)?.stem ?? '').length;
}

/** Places and prizes of the round; the board is shown. */
export function endRound(work: Work): void {
  awardPlaces(work);
  work.setRound({ isOver: true });
  work.set({ turn: null, item: null }).enter('standings');
}
