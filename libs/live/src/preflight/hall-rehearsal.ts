import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { newId } from '@xuekao/kernel';
import { pause, Rooms } from '@xuekao/rooms';
import type { PreflightFigures } from '../core/preflight-verdict.js';
import type { QuizCommand } from '../core/quiz-events.js';
import { defaultQuizOptions } from '../core/quiz-state.js';
import type { QuizQuestion } from '../core/quiz-state.js';
import { allowed } from '../live.errors.js';
import { PreflightTickets } from './preflight-tickets.js';
import type { SimulatedMember } from './preflight-tickets.js';
import type { SimulatedPhones } from './simulated-phones.js';

interface Rehearsal {
  readonly phones: SimulatedPhones;
  readonly count: number;
  readonly host: string;
  readonly port: number;
  readonly told: (percent: number, roomId: string | null) => Promise<void>;
}

const questions = 2;
const readingMs = 500;
const perSecond = 400;
const joinedTogether = 200;

const question = (number: number): QuizQuestion => ({
  versionId: newId(),
  type: 'single',
  stem: `预检第 ${number} 题：下列各项中，请任选一项作答。本题只用于检验服务器与网络能否承受全场同时答题。`,
  options: ['选项一', '选项二', '选项三', '选项四'],
  key: { options: [0] },
  explanation: null,
});

/** A hall of simulated phones in a room of its own, of which nothing is left. */
@Injectable()
export class HallRehearsal {
  constructor(
    private readonly rooms: Rooms,
    private readonly tickets: PreflightTickets,
    private readonly uow: UnitOfWork,
  ) {}

  async measure(rehearsal: Rehearsal): Promise<PreflightFigures> {
    const roomId = newId();
    const members = this.tickets.issue(rehearsal.count);
    await rehearsal.told(5, roomId);
    try {
      await this.prepare(roomId);
      await this.seat(roomId, members);
      await rehearsal.told(15, roomId);
      return await this.play(rehearsal, roomId, members);
    } finally {
      this.tickets.withdrawAll();
      await this.erase(roomId);
    }
  }

  /** Also for what a process that died has left. */
  erase(roomId: string): Promise<void> {
    return this.uow.run(() => this.rooms.erase(roomId));
  }

  private async prepare(roomId: string): Promise<void> {
    const options = { ...defaultQuizOptions, readingMs, limitMs: 60_000 };
    const setup = { title: '压力预检', rehearsal: true, options, questions: [question(1), question(2)] };
    const command: QuizCommand = { type: 'prepare', setup };
    await this.uow.run(() => this.rooms.create(roomId, 'live.quiz', { id: 'prepare', command }));
  }

  private async seat(roomId: string, members: readonly SimulatedMember[]): Promise<void> {
    for (let at = 0; at < members.length; at += joinedTogether) {
      const joins = members.slice(at, at + joinedTogether).map(({ memberId, name }) => {
        const player = { memberId, name, unitId: roomId, unitName: '预检', unitRoll: members.length };
        return this.submit(roomId, { type: 'join', player });
      });
      await Promise.all(joins);
    }
  }

  private async play(
    { phones, count, host, port, told }: Rehearsal,
    roomId: string,
    members: readonly SimulatedMember[],
  ): Promise<PreflightFigures> {
    const rssBefore = process.memoryUsage.rss();
    const lag = monitorEventLoopDelay({ resolution: 10 });
    lag.enable();
    const tickets = members.map(({ ticket }) => ticket);
    const { connected } = await phones.tell({ type: 'connect', host, port, roomId, tickets, perSecond });
    const kbPerPhone = Math.max(0, process.memoryUsage.rss() - rssBefore) / 1024 / Math.max(1, connected);
    await told(50, roomId);
    lag.reset();
    const reached: number[] = [];
    const spreads: number[] = [];
    const acked: number[] = [];
    let left = connected;
    for (let number = 0; number < questions; number++) {
      const sentAt = performance.timeOrigin + performance.now();
      const arriving = phones.tell({ type: 'question', sentAt });
      await this.act(roomId, 'open');
      const { times, connected: still } = await arriving;
      reached.push(...times);
      spreads.push(at(times, 0.99) - (times[0] ?? 0));
      left = Math.min(left, still);
      await pause(readingMs);
      acked.push(...(await phones.tell({ type: 'answer', question: number, overMs: 1_000 })).times);
      await this.act(roomId, 'lock').catch(() => undefined);
      await this.act(roomId, 'reveal');
      await this.act(roomId, 'scoreboard');
      await told(50 + ((number + 1) * 45) / questions, roomId);
    }
    lag.disable();
    const [reachTimes, ackTimes] = [reached, acked].map((times) => times.toSorted((a, b) => a - b)) as [
      number[],
      number[],
    ];
    return {
      phones: count,
      failed: count - left,
      reachP50: at(reachTimes, 0.5),
      reachP99: at(reachTimes, 0.99),
      spread: Math.max(...spreads),
      ackP50: at(ackTimes, 0.5),
      ackP99: at(ackTimes, 0.99),
      unanswered: left * questions - acked.length,
      // The histogram counts its own interval of 10 ms along.
      loopLagP99: Math.max(0, lag.percentile(99) / 1e6 - 10),
      kbPerPhone,
    };
  }

  private act(roomId: string, type: 'open' | 'lock' | 'reveal' | 'scoreboard'): Promise<void> {
    return this.submit(roomId, { type: 'host', console: 'preflight', name: '预检', act: { type } });
  }

  private async submit(roomId: string, command: QuizCommand): Promise<void> {
    allowed(await this.rooms.submit(roomId, { id: newId(), command }));
  }
}

/** The value below which this share of sorted times lies; 0 without any. */
const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
