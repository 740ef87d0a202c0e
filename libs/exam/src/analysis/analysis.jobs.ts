import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { EventRelay } from '@xuekao/platform';
import { SheetKeeper } from './sheet-keeper.js';

/** Writes the sheet of each attempt soon after it was handed in or marked, so that the first look at an analysis is quick. */
@Injectable()
export class AnalysisJobs implements OnModuleInit {
  constructor(
    private readonly relay: EventRelay,
    private readonly keeper: SheetKeeper,
  ) {}

  onModuleInit(): void {
    this.relay.subscribe({
      name: 'exam.sheets',
      types: ['exam.attempt.handed-in', 'exam.attempt.marked'],
      handle: ({ subjectId }) => this.keeper.keep([subjectId]),
      handleAll: (events) => this.keeper.keep(events.map(({ subjectId }) => subjectId)),
    });
  }
}
