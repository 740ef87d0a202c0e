import type { AnswerContent, QuestionBody } from '@xuekao/contracts';
import { movableOptions } from '@xuekao/contracts';
import type { Rng } from '@xuekao/kernel';
import type { Client } from './client.js';

interface Question {
  readonly id: string;
  readonly body: QuestionBody;
  readonly key: { readonly optionIds?: readonly string[]; readonly accepted?: readonly (readonly string[])[] };
}
interface PaperItem {
  readonly questionId: string;
  readonly marks: number;
}

/** The keys of a paper as its organiser reads them, and a marking of its own: all or nothing, equal shares per blank. */
export class AnswerKeys {
  private constructor(private readonly byStem: ReadonlyMap<string, Question & { readonly marks: number }>) {}

  static async of(organiser: Client, paperId: string): Promise<AnswerKeys> {
    const { items } = await organiser.get<{ items: PaperItem[] }>(`/papers/${paperId}`);
    const byStem = new Map<string, Question & { readonly marks: number }>();
    for (const { questionId, marks } of items) {
      const question = await organiser.get<Question>(`/questions/${questionId}`);
      byStem.set(question.body.stem, { ...question, marks });
    }
    if (byStem.size !== items.length) throw new Error('two questions of the paper have one stem');
    return new AnswerKeys(byStem);
  }

  get full(): number {
    return [...this.byStem.values()].reduce((sum, { marks }) => sum + marks, 0);
  }

  /** Right about every other time. Choices and blanks alone. */
  answer(body: QuestionBody, rng: Rng): AnswerContent {
    const { key } = this.byStem.get(body.stem)!;
    const isRight = rng.int(2) === 0;
    if (body.type === 'blank') {
      const texts = key.accepted!.map((wordings) => (isRight ? wordings[0]! : `错${rng.int(100)}`));
      return { kind: 'blank', texts };
    }
    const options = movableOptions(body);
    const wrong = options[rng.int(options.length)]!.id;
    return { kind: 'choice', optionIds: isRight ? [...key.optionIds!] : [wrong] };
  }

  marksOf(stem: string, answer: AnswerContent): number {
    const { key, marks } = this.byStem.get(stem)!;
    if (answer.kind === 'blank') {
      const right = key.accepted!.filter((wordings, index) => wordings.includes(answer.texts[index]!)).length;
      return Math.floor((marks * right) / key.accepted!.length);
    }
    if (answer.kind !== 'choice') throw new Error(`no marking of ${answer.kind} here`);
    const same = JSON.stringify([...answer.optionIds].sort()) === JSON.stringify([...key.optionIds!].sort());
    return same ? marks : 0;
  }
}
