import type { INestApplicationContext } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import { ContentImportService, handbookContent2017, ReaderService } from '@xuekao/handbook';
import { civilDate, instantAt } from '@xuekao/kernel';
import { AppConfig, runAs } from '@xuekao/platform';
import { actorOf, officer } from './play-bureau.js';
import type { PlayedBureau } from './play-bureau.js';
import type { ScriptedClock } from './scripted-clock.js';

/** The handbook appears on 2017-10-28 and every member has read its first chapters by the end of November. */
export const handbookDay = '2017-10-28';

export async function publishHandbook(
  app: INestApplicationContext,
  clock: Pick<ScriptedClock, 'now' | 'moveTo'>,
  bureau: PlayedBureau,
): Promise<void> {
  clock.moveTo(instantAt(civilDate(handbookDay), '10:00', app.get(AppConfig).zone));
  await runAs(actorOf(bureau, officer), () => app.get(ContentImportService).importContent(handbookContent2017));
}

/** Each member reads the first chapter and, differing from one to the next, some of the second and third. */
export async function playReading(app: INestApplicationContext, bureau: PlayedBureau): Promise<void> {
  const [first, ...others] = handbookContent2017.chapters
    .slice(0, 3)
    .map(({ entries }) => entries.map(({ key }) => key));
  const later = others.flat();
  for (const index of bureau.members.keys()) {
    const keys = [...first!, ...later.slice(0, (index * 5) % later.length)];
    await runAs(actorOf(bureau, index), () =>
      app.get(UnitOfWork).run(async () => {
        for (const key of keys) await app.get(ReaderService).markRead(key, { seconds: 40, reachedEnd: true });
      }),
    );
  }
}
