import { Injectable } from '@nestjs/common';
import { battleQuestionTypes } from '@xuekao/contracts';
import type { BattleQuestionType } from '@xuekao/contracts';
import { AppClock } from '@xuekao/platform';
import type { GameQuestion } from '../core/battle/game-question.js';
import type { PoolQuestion } from '../core/battle/question-draw.js';
import { LiveQuestionSource } from '../live.ports.js';
import type { LiveQuestion } from '../live.ports.js';

const poolKeptMs = 30_000;

/** The published questions that games draw from. */
@Injectable()
export class BattleQuestions {
  private kept: { readonly until: number; readonly pool: Promise<readonly PoolQuestion[]> } | null = null;

  constructor(
    private readonly source: LiveQuestionSource,
    private readonly clock: AppClock,
  ) {}

  pool(): Promise<readonly PoolQuestion[]> {
    const now = this.clock.now();
    if (!this.kept || this.kept.until <= now) {
      const pool = this.source.published(battleQuestionTypes);
      this.kept = { until: now + poolKeptMs, pool };
      pool.catch(() => (this.kept = null));
    }
    return this.kept.pool;
  }

  /** The first `count` of the drawn that a game can show; a question with pictures or a material cannot. */
  async load(drawn: readonly PoolQuestion[], count: number): Promise<GameQuestion[]> {
    const found = await this.source.load(drawn.map(({ versionId }) => versionId));
    return drawn
      .flatMap(({ questionId, versionId }) => {
        const question = found.get(versionId);
        return (question && gameQuestionOf(questionId, question)) ?? [];
      })
      .slice(0, count);
  }
}

const isGameType = (type: string): type is BattleQuestionType => battleQuestionTypes.some((known) => known === type);

/** A question of the bank as a game keeps it: options by index instead of id. Undefined where it has more than text. */
export function gameQuestionOf(questionId: string, given: LiveQuestion): GameQuestion | undefined {
  const { versionId, body, key, explanation } = given;
  if (!isGameType(body.type) || !('options' in body) || key.kind !== 'choice') return undefined;
  const isPlain =
    !body.pictures && !body.material && body.options.every(({ text, picture }) => text !== '' && !picture);
  const right = key.optionIds.map((id) => body.options.findIndex((option) => option.id === id));
  if (!isPlain || right.includes(-1)) return undefined;
  return {
    questionId,
    versionId,
    type: body.type,
    stem: body.stem,
    options: body.options.map(({ text }) => text),
    key: right.toSorted((a, b) => a - b),
    explanation: explanation === '' ? null : explanation,
  };
}
