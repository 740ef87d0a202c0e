export { compareQuestions } from './compare.js';
export type { Likeness } from './compare.js';
export { canonicalStem } from './canonical.js';
export { fingerprintOf } from './fingerprint.js';
export type { Fingerprint } from './fingerprint.js';
export { QuestionIndex } from './question-index.js';
export type { Match } from './question-index.js';
export { twinsAmong } from './twins-among.js';
