import { auditProblems } from './audit.problems.js';
import { authProblems } from './auth.problems.js';
import { bankImportProblems } from './bank-import.problems.js';
import { bankProblems } from './bank.problems.js';
import { examProblems } from './exam.problems.js';
import { handbookProblems } from './handbook.problems.js';
import { liveProblems } from './live.problems.js';
import { orgProblems } from './org.problems.js';
import { platformProblems } from './platform.problems.js';
import type { ProblemText } from './problem.js';
import { reportProblems } from './report.problems.js';
import { roomsProblems } from './rooms.problems.js';
import { scheduleProblems } from './schedule.problems.js';
import { statsProblems } from './stats.problems.js';

/** Every refusal code of the product. A refusal with another code fails its test and shows as a fault. */
export const problems: Readonly<Record<string, ProblemText>> = {
  ...platformProblems,
  ...orgProblems,
  ...authProblems,
  ...handbookProblems,
  ...bankProblems,
  ...bankImportProblems,
  ...examProblems,
  ...scheduleProblems,
  ...roomsProblems,
  ...liveProblems,
  ...statsProblems,
  ...reportProblems,
  ...auditProblems,
};
