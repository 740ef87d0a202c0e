import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { blankMatches } from '@xuekao/bank';
import type { AnswerContent } from '@xuekao/contracts';
import { changeOf, isManual, sheetMark } from '../core/index.js';
import type { AttemptTotals, GradedQuestion, MarkChange, StoredMark } from '../core/index.js';
import { chunked } from '../marking/mark-writing.js';
import { idsAtOnce } from '../marking/marked-answers.js';
import type { MarkedAnswer } from '../marking/marked-answers.js';
import { MarkingStore } from '../marking/marking.store.js';
import { ScriptStore } from '../marking/script.store.js';

type NewMark = Omit<StoredMark, 'number'>;

/** Marks by answer text: most people give one of few answers, so each is parsed and marked once. */
class MarkedAnswers {
  private readonly known = new Map<string, NewMark>();

  constructor(private readonly question: GradedQuestion) {}

  of(content: string | undefined): NewMark {
    const text = content ?? '';
    let mark = this.known.get(text);
    if (!mark) {
      const answer = text === '' ? undefined : (JSON.parse(text) as AnswerContent);
      mark = sheetMark(this.question, answer, blankMatches);
      this.known.set(text, mark);
    }
    return mark;
  }
}

/** What a person decided stays, unless the question is given to all or made void. */
function markNow(
  question: GradedQuestion,
  marked: MarkedAnswers,
  old: StoredMark,
  content: string | undefined,
): NewMark {
  const isPersons = old.source === 'manual' || old.source === 'appeal' || isManual(question.body);
  return isPersons && !question.act ? old : marked.of(content);
}

/** The next part is being read while one is worked on: a server and this process then work beside each other. */
async function* ahead<T, R>(parts: readonly T[], read: (part: T) => Promise<R>): AsyncGenerator<R> {
  let next = parts.length > 0 ? read(parts[0]!) : undefined;
  for (let at = 1; next; at++) {
    const value = await next;
    next = at < parts.length ? read(parts[at]!) : undefined;
    // Where the work fails, nobody waits for it any more.
    next?.catch(() => undefined);
    yield value;
  }
}

/** Marks many attempts anew, some hundreds at a time so that others get their turn. */
@Injectable()
export class ReMarking {
  constructor(
    private readonly store: MarkingStore,
    private readonly scripts: ScriptStore,
  ) {}

  /** Changes by attempt. Only the questions given are looked at. */
  async changes(
    attempts: readonly AttemptTotals[],
    questions: readonly GradedQuestion[],
  ): Promise<Map<string, MarkChange[]>> {
    const changes = new Map<string, MarkChange[]>();
    if (questions.length === 0) return changes;
    const numbers = questions.map((question) => question.number);
    const marked = new Map(questions.map((question) => [question.number, new MarkedAnswers(question)]));
    const byNumber = new Map(questions.map((question) => [question.number, question]));
    const areAnswersAsked = questions.some((question) => !question.act);
    const read = (some: readonly AttemptTotals[]): Promise<MarkedAnswer[]> =>
      this.store.markedAnswers(
        some.map(({ attemptId }) => attemptId),
        numbers,
        areAnswersAsked,
      );
    for await (const rows of ahead(chunked(attempts, idsAtOnce), read)) {
      for (const old of rows) {
        const question = byNumber.get(old.number)!;
        const change = changeOf(old, markNow(question, marked.get(old.number)!, old, old.content));
        if (!change) continue;
        const known = changes.get(old.attemptId);
        if (known) known.push(change);
        else changes.set(old.attemptId, [change]);
      }
    }
    return changes;
  }

  /** As {@link changes}, with questions among them that count again: a short answer comes back with its marker's mark. */
  async settled(
    examId: string,
    attempts: readonly AttemptTotals[],
    questions: readonly GradedQuestion[],
  ): Promise<Map<string, MarkChange[]>> {
    const byPeople = questions.filter((question) => isManual(question.body) && !question.act);
    const others = questions.filter((question) => !byPeople.includes(question));
    const changes = await this.changes(attempts, others);
    for (const question of byPeople) {
      for (const [attemptId, own] of await this.openedAgain(examId, attempts, question)) {
        changes.set(attemptId, [...(changes.get(attemptId) ?? []), ...own]);
      }
    }
    return changes;
  }

  /** Of a short answer that counts again: with its marker's mark, else waiting for one. */
  private async openedAgain(
    examId: string,
    attempts: readonly AttemptTotals[],
    question: GradedQuestion,
  ): Promise<Map<string, MarkChange[]>> {
    const { number, full } = question;
    const given = new Map(
      (await this.scripts.scriptsOf(examId)).flatMap((script) =>
        script.number === number && script.cause === 'written' && script.state === 'final'
          ? [[script.attemptId, script.marks] as const]
          : [],
      ),
    );
    const changes = new Map<string, MarkChange[]>();
    for (const some of chunked(attempts, idsAtOnce)) {
      const ids = some.map(({ attemptId }) => attemptId);
      for (const { content, ...old } of await this.store.markedAnswers(ids, [number], true)) {
        if (old.number !== number || (old.source !== 'void' && old.source !== 'given')) continue;
        const answer = content ? (JSON.parse(content) as AnswerContent) : undefined;
        const marks = given.get(old.attemptId);
        const now: Omit<StoredMark, 'number'> =
          marks === undefined ? sheetMark(question, answer, blankMatches) : { marks, full, source: 'manual' };
        const change = changeOf(old, now);
        if (change) changes.set(old.attemptId, [change]);
      }
    }
    return changes;
  }
}

/** Over every attempt's sums: another one means that some mark has changed. */
export function fingerprintOf(attempts: readonly AttemptTotals[]): string {
  const hash = createHash('sha256');
  for (const { attemptId, sum, full, open } of attempts) hash.update(`${attemptId} ${sum} ${full} ${open}\n`);
  return hash.digest('hex');
}
