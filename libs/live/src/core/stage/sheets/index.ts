import type { StageSheet } from '@xuekao/contracts';
import { branch } from './branch.js';
import { classic } from './classic.js';
import { comeback } from './comeback.js';
import { duel } from './duel.js';
import { formal } from './formal.js';
import { ladder } from './ladder.js';
import { ring } from './ring.js';
import { survival } from './survival.js';

/** The sheets that come with the product, by the id under which a contest names them. */
export const shippedSheets: Readonly<Record<string, StageSheet>> = {
  classic,
  branch,
  ladder,
  duel,
  ring,
  survival,
  comeback,
  formal,
};
