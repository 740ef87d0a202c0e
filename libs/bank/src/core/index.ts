export * from './blank-text.js';
export * from './pasted-text.js';
export * from './question.js';
export * from './question-draft.js';
export * from './question-rules.js';
export * from './similarity/index.js';
export * from './stem-form.js';
export type { BlankKey, ChoiceKey, QuestionKey } from '@xuekao/contracts';
