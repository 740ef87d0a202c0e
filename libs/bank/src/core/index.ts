export * from './blank-text.js';
export * from './picture.js';
export * from './question.js';
export * from './question-draft.js';
export * from './question-rules.js';
export * from './similarity/index.js';
export * from './stem-form.js';
export * from './version-diff.js';
export type { BlankKey, ChoiceKey, QuestionKey } from '@xuekao/contracts';
