import bank from './bank.js';
import exam from './exam.js';
import live from './live.js';
import org from './org.js';
import parts from './parts.js';
import report from './report.js';
import schedule from './schedule.js';
import stats from './stats.js';

/** Texts of the console's pages; they load with the console, not with the first page of members. */
export default { bank, exam, live, org, parts, report, schedule, stats };
