import { Refused } from '@xuekao/platform';

/** Every expected "no" of this lib; codes in contracts' `stats.problems.ts`. */
export class StatsRefused extends Refused {}
