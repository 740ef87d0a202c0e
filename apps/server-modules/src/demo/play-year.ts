import type { INestApplicationContext } from '@nestjs/common';
import { playBureau } from './play-bureau.js';
import type { PlayedBureau } from './play-bureau.js';
import { importBank, playExam } from './play-exam.js';
import { playSessions } from './play-sessions.js';
import type { ScriptedClock } from './scripted-clock.js';
import { year2017 } from './year-2017.js';

const examDay = '2017-12-01';

export interface YearOptions {
  /** Examinees below the line of 80; one in the demo. */
  readonly failing?: number;
}

/** The whole year 2017 through the services, in the order of its days. The clock must stand before 2017. */
export async function playYear(
  app: INestApplicationContext,
  clock: Pick<ScriptedClock, 'now' | 'moveTo'>,
  options: YearOptions = {},
): Promise<PlayedBureau> {
  const bureau = await playBureau(app);
  await importBank(app);
  await playSessions(
    app,
    clock,
    bureau,
    year2017.filter(({ date }) => date < examDay),
  );
  await playExam(app, clock, bureau, options.failing);
  await playSessions(
    app,
    clock,
    bureau,
    year2017.filter(({ date }) => date >= examDay),
  );
  return bureau;
}
