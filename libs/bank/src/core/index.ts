export * from './blank-text.js';
export * from './pasted-text.js';
export * from './question.js';
export * from './question-draft.js';
export * from './stem-form.js';
