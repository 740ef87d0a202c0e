import { Injectable } from '@nestjs/common';
import type { QuestionBody } from '@xuekao/contracts';
import { isRefusal } from '@xuekao/kernel';
import { unwrap } from '@xuekao/platform';
import { BankRefused } from './bank.errors.js';
import { difficultyFrom, isQuestionCode, nextVersion } from './core/index.js';
import type { Question, QuestionDraft } from './core/index.js';
import { MaterialService } from './material.service.js';
import { PictureService } from './picture.service.js';
import { QuestionChanges } from './question-changes.js';
import { QuestionSimilarity } from './question-similarity.service.js';
import type { SimilarityFinding } from './question-similarity.service.js';

export interface QuestionInput extends Omit<QuestionDraft, 'material'> {
  readonly explanation: string;
  readonly source: string;
  readonly difficulty: number;
  readonly topic: string;
  readonly entryKey?: string;
  readonly factId?: string;
  /** Of a question about a material; an edit without one takes the question out of its material. */
  readonly materialId?: string;
  /** After the last one when absent. */
  readonly materialPlace?: number;
  /** Hundredths; null takes it away, absent keeps what is there. */
  readonly suggestedMarks?: number | null;
}

const refused = BankRefused.of;

/** Questions as a form sends them, made into what may enter the bank. */
@Injectable()
export class QuestionDrafts {
  constructor(
    private readonly pictures: PictureService,
    private readonly materials: MaterialService,
    private readonly similarity: QuestionSimilarity,
    private readonly changes: QuestionChanges,
  ) {}

  /** What asks the same as this draft, which is not saved: the question itself left out. */
  async similarTo(input: QuestionInput, exceptQuestionId?: string): Promise<SimilarityFinding[]> {
    await this.changes.permit('bank.edit');
    const draft = unwrap(nextVersion({ ...input, ...(await this.materialOf(input)) }), refused);
    const scope = exceptQuestionId === undefined ? {} : { exceptQuestionId };
    return (await this.similarity.check([draft], scope))[0] ?? [];
  }

  private async materialOf({ materialId }: QuestionInput): Promise<Pick<QuestionDraft, 'material'>> {
    return materialId === undefined ? {} : { material: await this.materials.newest(materialId) };
  }

  /** Among the questions of its material; null without one. */
  async placeOf({ materialId, materialPlace }: QuestionInput): Promise<number | null> {
    if (materialId === undefined) return null;
    return materialPlace ?? this.materials.nextPlace(materialId);
  }

  /** Checked and with its pictures and material as they are stored. */
  async questionOf(code: string, input: QuestionInput, before?: QuestionBody): Promise<Question> {
    if (!isQuestionCode(code)) throw new BankRefused('bank.question.code-malformed', { code });
    const { body: asked, key } = unwrap(nextVersion({ ...input, ...(await this.materialOf(input)) }, before), refused);
    const body = await this.pictures.checked(asked);
    const difficulty = difficultyFrom(input.difficulty);
    if (isRefusal(difficulty)) throw refused(difficulty);
    return {
      code,
      body,
      key,
      difficulty,
      explanation: input.explanation.trim(),
      source: input.source.trim(),
      topic: input.topic.trim(),
      factId: input.factId ?? null,
      entryKey: input.entryKey ?? null,
    };
  }
}
