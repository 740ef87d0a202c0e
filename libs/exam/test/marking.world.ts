import type { ModuleMetadata } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { BankHttpModule, ContentImport } from '@xuekao/bank';
import type { QuestionContent } from '@xuekao/bank';
import type { AnswerContent } from '@xuekao/contracts';
import type { TestDatabase } from '@xuekao/database/testing';
import { newId } from '@xuekao/kernel';
import { PlatformHttpModule, setUpHttp } from '@xuekao/platform';
import { AttemptService, ExamHttpModule, ExamRunService, ExamService } from '../src/index.js';
import type { ExamInput } from '../src/index.js';
import { examWorld, general, minute, person } from './exam.world.js';
import type { World } from './exam.world.js';

const told = { explanation: '见教材', source: '教材', difficulty: 1, topic: '阅卷' };

/** 100 marks: 30 single, 30 multiple (A and B), 10 blank, 30 short answer. */
export const markedContent: readonly QuestionContent[] = [
  { ...told, type: 'single', code: 'MK-1', stem: '阅卷试题：单选', options: ['甲', '乙', '丙'], answer: 0 },
  {
    ...told,
    type: 'multiple',
    code: 'MK-2',
    stem: '阅卷试题：多选',
    options: ['甲', '乙', '丙', '丁'],
    answer: [0, 1],
  },
  { ...told, type: 'blank', code: 'MK-3', stem: '阅卷试题：不忘____', answers: [['初心']] },
  {
    ...told,
    type: 'short-answer',
    code: 'MK-4',
    stem: '阅卷试题：简述使命',
    reference: '为人民谋幸福',
    rubric: ['要点'],
  },
];
export const markedPicks = [
  { code: 'MK-1', marks: 3000 },
  { code: 'MK-2', marks: 3000 },
  { code: 'MK-3', marks: 1000 },
  { code: 'MK-4', marks: 3000 },
];

export const choice = (...optionIds: string[]): AnswerContent => ({ kind: 'choice', optionIds });
export const blank = (text: string): AnswerContent => ({ kind: 'blank', texts: [text] });
export const text = (content: string): AnswerContent => ({ kind: 'text', text: content });

export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly text: string;
  readonly body: T;
}

/** An exam world with HTTP, whose people send who they are. */
export class MarkingWorld {
  readonly people: string[] = [];

  private constructor(
    readonly world: World,
    readonly http: NestFastifyApplication,
    private readonly database: TestDatabase,
  ) {}

  static async start(database: TestDatabase, more: ModuleMetadata['imports'] = []): Promise<MarkingWorld> {
    const world = await examWorld(database, [PlatformHttpModule, BankHttpModule, ExamHttpModule, ...more]);
    const http = world.app.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    setUpHttp(http);
    await http.init();
    for (const permission of ['exam.mark', 'bank.edit', 'bank.read'] as const) world.access.grant(permission, general);
    await world.app.get(ContentImport).importContent(markedContent);
    return new MarkingWorld(world, http, database);
  }

  async send<T = Record<string, unknown>>(
    as: string | null,
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    payload?: object,
  ): Promise<Answer<T>> {
    const headers: Record<string, string> = as === null ? {} : { 'x-member': as };
    const response = await this.http.inject({
      method,
      url: `/api/v1/${path}`,
      headers,
      ...(payload ? { payload } : {}),
    });
    const isJson = String(response.headers['content-type']).includes('json');
    return { status: response.statusCode, text: response.body, body: (isJson ? response.json() : {}) as T };
  }

  /** A published exam of the four questions in their order. */
  async exam(members: readonly string[], over: Partial<ExamInput> = {}, picks = markedPicks): Promise<string> {
    this.world.rosters.people = members.map((id) => person(id));
    const terms = { passLine: 6000, shuffleQuestions: false, shuffleOptions: false, ...over };
    const plan = { kind: 'hand', picks } as never;
    const { id } = await this.world.as('organiser', () =>
      this.world.app.get(ExamService).create(this.world.exam(terms), plan),
    );
    await this.world.as('organiser', () => this.world.app.get(ExamRunService).publish(id));
    return id;
  }

  /** Answers by place, handed in; the attempt's id. */
  async sit(examId: string, memberId: string, answers: readonly (AnswerContent | null)[]): Promise<string> {
    const attempts = this.world.app.get(AttemptService);
    const given = answers.flatMap((content, i) => (content ? [{ number: i + 1, clientSeq: 1, content }] : []));
    const { attempt } = await this.world.as(memberId, () => attempts.start(examId, 'phone-1'));
    await this.world.as(memberId, () => attempts.handIn(attempt.id, 'phone-1', given));
    return attempt.id;
  }

  async close(examId: string): Promise<void> {
    await this.world.as('organiser', () => this.world.app.get(ExamRunService).close(examId, true));
  }

  later(minutes: number): void {
    this.database.clock.advance(minutes * minute);
  }
}

export function newPeople(count: number): string[] {
  return Array.from({ length: count }, () => newId());
}
