import access from './access.js';
import appeals from './appeals.js';
import analysis from './analysis.js';
import bank from './bank.js';
import certificates from './certificates.js';
import exam from './exam.js';
import hand from './hand.js';
import handbook from './handbook.js';
import live from './live.js';
import marking from './marking.js';
import org from './org.js';
import overview from './overview.js';
import papers from './papers.js';
import parts from './parts.js';
import regrade from './regrade.js';
import report from './report.js';
import rules from './rules.js';
import schedule from './schedule.js';
import stage from './stage.js';
import stats from './stats.js';
import system from './system.js';

/** Texts of the console's pages; they load with the console, not with the first page of members. */
export default {
  access,
  appeals,
  analysis,
  bank,
  certificates,
  exam,
  hand,
  handbook,
  live,
  marking,
  org,
  overview,
  papers,
  parts,
  regrade,
  report,
  rules,
  schedule,
  stage,
  stats,
  system,
};
