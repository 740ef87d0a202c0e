import type { INestApplicationContext } from '@nestjs/common';
import { playBureau } from './play-bureau.js';
import type { PlayedBureau } from './play-bureau.js';
import { importBank, playExam } from './play-exam.js';
import { handbookDay, playReading, publishHandbook } from './play-handbook.js';
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
  const between = (from: string, to: string) => year2017.filter(({ date }) => date >= from && date < to);
  await playSessions(app, clock, bureau, between('2017-01-01', handbookDay));
  await publishHandbook(app, clock, bureau);
  await playSessions(app, clock, bureau, between(handbookDay, examDay));
  await playReading(app, bureau);
  await playExam(app, clock, bureau, options.failing);
  await playSessions(app, clock, bureau, between(examDay, '2018-01-01'));
  return bureau;
}
