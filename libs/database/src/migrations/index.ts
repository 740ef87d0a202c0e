import { platform0001 } from './common/0001-platform.js';
import { org0002 } from './common/0002-org.js';
import { auth0003 } from './common/0003-auth.js';
import { handbook0004 } from './common/0004-handbook.js';
import { bank0005 } from './common/0005-bank.js';
import { exam0006 } from './common/0006-exam.js';
import { schedule0007 } from './common/0007-schedule.js';
import { rooms0008 } from './common/0008-rooms.js';
import { live0009 } from './common/0009-live.js';
import { stats0010 } from './common/0010-stats.js';
import { report0011 } from './common/0011-report.js';
import { audit0012 } from './common/0012-audit.js';
import { bankFormats0013 } from './common/0013-bank-formats.js';
import { examDay0014 } from './common/0014-exam-day.js';
import { examMarking0015 } from './common/0015-exam-marking.js';
import { examAnalysis0016 } from './common/0016-exam-analysis.js';
import { liveStage0017 } from './common/0017-live-stage.js';
import { liveBattle0018 } from './common/0018-live-battle.js';
import type { Migration } from './schema.js';

/** In order of number; a released one is never edited. */
export const migrations: readonly Migration[] = [
  platform0001,
  org0002,
  auth0003,
  handbook0004,
  bank0005,
  exam0006,
  schedule0007,
  rooms0008,
  live0009,
  stats0010,
  report0011,
  audit0012,
  bankFormats0013,
  examDay0014,
  examMarking0015,
  examAnalysis0016,
  liveStage0017,
  liveBattle0018,
];
