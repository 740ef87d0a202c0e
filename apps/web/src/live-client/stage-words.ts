import type { QuizChoice, QuizKey, StageQuestionView, StageScene, StageTeamView } from '@xuekao/contracts';
import { formatPoints, hundredths } from '@xuekao/kernel';

export const letterAt = (option: number): string => String.fromCharCode(65 + option);

/** `10`, `-20`. */
export const pointsText = (points: number): string => formatPoints(hundredths(points));
/** `+10`, `-20`, `0`. */
export const signedText = (points: number): string => `${points > 0 ? '+' : ''}${pointsText(points)}`;

type Teams = Pick<StageScene, 'teams'>;

export const teamOf = ({ teams }: Teams, team: number | null | undefined): StageTeamView | null =>
  teams.find((one) => one.team === team) ?? null;

export const nameOf = (scene: Teams, team: number | null | undefined): string => teamOf(scene, team)?.name ?? '';

export const namesOf = (scene: Teams, teams: readonly number[]): string =>
  teams.map((team) => nameOf(scene, team)).join('、');

/** Teams by place, then by the order of their seats. */
export const ranked = ({ teams }: Teams): StageTeamView[] => [...teams].sort((a, b) => a.place - b.place);

/** What became of this team's answer to the question on show. */
export const resultOf = ({ results }: Pick<StageScene, 'results'>, team: number) =>
  results.findLast((result) => result.team === team) ?? null;

type Answer = QuizChoice | QuizKey | { readonly order: readonly number[] } | { readonly pairs: readonly number[] };

/** `A、C`, `民主；集中`, `B → A → C`, or `A–2、B–1` of a choice or a key. */
export function answerText(
  question: Pick<StageQuestionView, 'type' | 'options'> | null,
  answer: Answer | null,
): string {
  if (!answer) return '';
  if ('blanks' in answer) {
    return answer.blanks.map((blank) => (typeof blank === 'string' ? blank : blank.join('/'))).join('；');
  }
  if ('order' in answer) return answer.order.map(letterAt).join(' → ');
  if ('pairs' in answer) return answer.pairs.map((target, at) => `${letterAt(at)}–${target + 1}`).join('、');
  if (question?.type === 'true-false') return answer.options.map((option) => question.options[option] ?? '').join('');
  return answer.options.map(letterAt).join('、');
}
