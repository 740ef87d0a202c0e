import type { QuestionContent } from './bank-content.js';
import { questions01 } from './questions-01.js';
import { questions02 } from './questions-02.js';
import { questions03 } from './questions-03.js';
import { questions04 } from './questions-04.js';
import { questions05 } from './questions-05.js';
import { questions06 } from './questions-06.js';
import { questions07 } from './questions-07.js';
import { questions08 } from './questions-08.js';
import { questions09 } from './questions-09.js';
import { questions10 } from './questions-10.js';
import { questions11 } from './questions-11.js';

export type * from './bank-content.js';

/** The question content of the 2017 edition, chapter by chapter. */
export const bankContent2017: readonly QuestionContent[] = [
  ...questions01,
  ...questions02,
  ...questions03,
  ...questions04,
  ...questions05,
  ...questions06,
  ...questions07,
  ...questions08,
  ...questions09,
  ...questions10,
  ...questions11,
];
