import { Refused } from '@xuekao/platform';

/** Every expected "no" of this lib; codes in contracts' `auth.problems.ts`. */
export class AuthRefused extends Refused {}
