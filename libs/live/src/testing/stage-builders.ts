import type {
  QuizChoice,
  StageHostAct,
  StageJudgeAct,
  StageRole,
  StageSheet,
  StageTeamAct,
  StageView,
} from '@xuekao/contracts';
import { isRefusal, seededRng } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { plainRules } from '../core/grading.js';
import {
  decideStage,
  emptyStage,
  evolveStage,
  needsOf,
  nextStageDeadline,
  pileCount,
  scoresOf,
  stageViewFor,
} from '../core/stage/index.js';
import type { StageCommand, StageEvent, StageMember, StagePile, StageSetup, StageState } from '../core/stage/index.js';
import type { QuizQuestion } from '../core/quiz-state.js';

export function aTeamMember(team: number, number: number, given: Partial<StageMember> = {}): StageMember {
  const role = number === 1 ? 'captain' : 'member';
  return {
    memberId: `t${team}m${number}`,
    name: `队${team}员${number}`,
    role,
    unitId: `u${team}`,
    unitName: `第${team}支部`,
    ...given,
  };
}

/** A right answer is option 1; texts carry their place, so that a search finds what leaked. */
export function aStageQuestion(round: string, pile: number, index: number): QuizQuestion {
  const tag = `${round}.${pile}.${index}!`;
  return {
    versionId: `v-${tag}`,
    type: 'single',
    stem: `STEM${tag}\n线索二\n线索三`,
    options: ['甲', '乙', '丙'],
    key: { options: [1] },
    explanation: `WHY${tag}`,
  };
}

export const rightChoice: QuizChoice = { options: [1] };
export const wrongChoice: QuizChoice = { options: [0] };

export function aStageSetup(sheet: StageSheet, teams: number, members = 3, spare = 2): StageSetup {
  const needs = needsOf(sheet, teams);
  const piles = sheet.rounds.flatMap((round) =>
    [...Array(pileCount(round, teams)).keys()].map((pile): StagePile => {
      const need = needs.find((one) => one.round === round.id && one.pile === pile)!.questions + spare;
      return {
        round: round.id,
        pile,
        questions: [...Array(need).keys()].map((at) => aStageQuestion(round.id, pile, at)),
      };
    }),
  );
  const team = (number: number): StageSetup['teams'][number] => ({
    name: `第${number}队`,
    members: [
      ...[...Array(members).keys()].map((at) => aTeamMember(number, at + 1)),
      aTeamMember(number, members + 1, { role: 'substitute' }),
    ],
  });
  return {
    title: '知识竞赛',
    rehearsal: false,
    sheet,
    teams: [...Array(teams).keys()].map((at) => team(at + 1)),
    piles,
  };
}

/** A refusal where none was meant is a fault of the test. */
function accepted(decided: readonly StageEvent[] | Refusal): void {
  if (isRefusal(decided)) throw new Error(`Refused with ${decided.code} ${JSON.stringify(decided.facts)}`);
}

/** A stage played by hand: time moves only when told. Every step checks that patches and views agree for all roles. */
export class PlayedStage {
  state: StageState;
  readonly events: StageEvent[] = [];
  now = 1_000_000;
  private commands = 0;
  private readonly seen = new Map<StageRole, StageView>();

  constructor(setup: StageSetup) {
    this.state = emptyStage('room');
    this.do({ type: 'prepare', setup });
    for (const role of ['host', 'judge', 'screen', 'team', 'audience'] as const) this.seen.set(role, this.view(role));
  }

  do(command: StageCommand): readonly StageEvent[] | Refusal {
    const rng = seededRng(`room:${this.commands++}`);
    const decided = decideStage(this.state, command, { now: this.now, rng, rules: plainRules });
    if (isRefusal(decided)) return decided;
    for (const event of decided) {
      this.state = evolveStage(this.state, event);
      this.events.push(event);
      this.show(event);
    }
    return decided;
  }

  view(role: StageRole, memberId: string | null = null): StageView {
    return stageViewFor(this.state, role, memberId);
  }

  /** The page of a role, made of its first view and the patches since. */
  page(role: StageRole): StageView {
    return this.seen.get(role)!;
  }

  private show(event: StageEvent): void {
    for (const [role, page] of this.seen) {
      if (event.type === 'scene') this.seen.set(role, { ...page, scene: { ...page.scene, ...event.patch } });
      const { staff } = this.seen.get(role)!;
      if (event.type === 'staff' && staff)
        this.seen.set(role, { ...page, ...this.seen.get(role), staff: { ...staff, ...event.patch } });
    }
  }

  /** Refused acts fail the test unless `refused` expects them. */
  host(act: StageHostAct, expected?: number): this {
    accepted(this.tryHost(act, expected));
    return this;
  }

  tryHost(act: StageHostAct, expected: number | null = null): readonly StageEvent[] | Refusal {
    return this.do({
      type: 'official',
      role: 'host',
      accountId: 'host',
      name: '主持',
      console: 'c1',
      act,
      expect: expected,
    });
  }

  tryJudge(act: StageHostAct, accountId = 'judge1'): readonly StageEvent[] | Refusal {
    return this.do({ type: 'official', role: 'judge', accountId, name: accountId, console: null, act, expect: null });
  }

  judge(act: StageJudgeAct, accountId = 'judge1'): this {
    accepted(this.tryJudge(act, accountId));
    return this;
  }

  /** The big button, so many times. */
  next(times = 1): this {
    for (let count = 0; count < times; count++) this.host({ type: 'next' });
    return this;
  }

  tryTeam(team: number, act: StageTeamAct, member = 1): readonly StageEvent[] | Refusal {
    return this.do({ type: 'team', memberId: `t${team}m${member}`, act });
  }

  get item(): number {
    return this.state.play.item?.item ?? 0;
  }

  /** Enters and finishes an answer on the team's device. */
  answer(team: number, isRight: boolean): this {
    const choice = isRight ? rightChoice : wrongChoice;
    const { item } = this;
    accepted(this.tryTeam(team, { type: 'answer', item, choice }));
    accepted(this.tryTeam(team, { type: 'finish', item }));
    return this;
  }

  tryPress(team: number, member = 1): readonly StageEvent[] | Refusal {
    const { buzz } = this.state.play.buzz;
    return this.do({
      type: 'buzz',
      seat: `t${team}m${member}`,
      buzz,
      arrivedAt: this.now,
      claimedAt: null,
      rttMs: null,
    });
  }

  /** 请抢答, and this team presses first. */
  buzz(team: number): this {
    this.next().after(1_000);
    accepted(this.tryPress(team));
    return this.after(400);
  }

  /** Lets time pass; the room's own deadlines are met on the way. */
  after(ms: number): this {
    const until = this.now + ms;
    for (let due = nextStageDeadline(this.state); due && due.at <= until; due = nextStageDeadline(this.state)) {
      this.now = Math.max(this.now, due.at);
      const decided = this.do(due.command);
      if (isRefusal(decided) || decided.length === 0) break;
    }
    this.now = until;
    return this;
  }

  audience(number: number, choice: QuizChoice): readonly StageEvent[] | Refusal {
    return this.do({ type: 'audience', memberId: `a${number}`, item: this.item, choice });
  }

  join(memberId: string, name = memberId): this {
    this.do({ type: 'join', memberId, name, unitName: '第一支部' });
    return this;
  }

  /** Scores in whole points, by team. */
  get scores(): number[] {
    return [...scoresOf(this.state)].sort(([a], [b]) => a - b).map(([, points]) => points / 100);
  }

  get places(): number[] {
    const { teams } = this.view('screen').scene;
    return teams.toSorted((a, b) => a.team - b.team).map(({ place }) => place);
  }
}
