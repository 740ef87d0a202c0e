import type { QuestionType } from '@xuekao/contracts';
import type { QuestionFile, QuestionInput } from './bank.api.js';

/** A question as it stands in the form: every type's answer beside the others, so that changing the type loses nothing. */
export interface QuestionForm {
  code: string;
  type: QuestionType;
  stem: string;
  options: { id?: string; text: string; correct: boolean }[];
  truth?: boolean | undefined;
  /** Accepted wordings per blank, one wording a line. */
  blanks: string[];
  explanation: string;
  source: string;
  difficulty: 1 | 2 | 3;
  topic: string;
  entryKey: string;
}

export const emptyForm = (): QuestionForm => ({
  code: '',
  type: 'single',
  stem: '',
  options: Array.from({ length: 4 }, () => ({ text: '', correct: false })),
  blanks: [''],
  explanation: '',
  source: '',
  difficulty: 2,
  topic: '',
  entryKey: '',
});

export function formOf(file: QuestionFile): QuestionForm {
  const right = new Set(file.key?.optionIds);
  const { body } = file;
  return {
    ...emptyForm(),
    code: file.code,
    type: file.type,
    stem: body.stem,
    options: body.type === 'blank' ? [] : body.options.map(({ id, text }) => ({ id, text, correct: right.has(id) })),
    truth: file.type === 'true-false' && file.key ? right.has('true') : undefined,
    blanks: (file.key?.accepted ?? []).map((wordings) => wordings.join('\n')),
    explanation: file.explanation ?? '',
    source: file.source ?? '',
    difficulty: file.difficulty,
    topic: file.topic,
    entryKey: file.entryKey ?? '',
  };
}

/** What the server is sent: the answer of the form's type alone. Empty options and wordings go, the server judges the rest. */
export function inputOf(form: QuestionForm): QuestionInput {
  const { type, stem, explanation, source, difficulty, topic, entryKey } = form;
  const common = {
    type,
    stem: stem.trim(),
    explanation: explanation.trim(),
    source: source.trim(),
    difficulty,
    topic: topic.trim(),
    ...(entryKey.trim() ? { entryKey: entryKey.trim() } : {}),
  };
  if (type === 'true-false') return form.truth === undefined ? common : { ...common, truth: form.truth };
  if (type === 'blank') {
    return {
      ...common,
      answers: form.blanks.map((lines) =>
        lines
          .split('\n')
          .map((one) => one.trim())
          .filter(Boolean),
      ),
    };
  }
  const options = form.options.filter(({ text }) => text.trim() !== '');
  return { ...common, options: options.map((option) => ({ ...option, text: option.text.trim() })) };
}

/** Marks one option right; a single choice has one right option. */
export function withCorrect(form: QuestionForm, at: number, correct: boolean): QuestionForm['options'] {
  return form.options.map((option, index) => ({
    ...option,
    correct: index === at ? correct : form.type === 'single' && correct ? false : option.correct,
  }));
}
