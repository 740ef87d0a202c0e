import type { AnswerContent } from '@xuekao/contracts';
import Dexie, { type Table } from 'dexie';
import type { OfflineHandbook } from '../api/handbook.js';

export interface KeptHandbook {
  readonly id: 'current';
  readonly keptAt: number;
  readonly content: OfflineHandbook;
}

export interface KeptAnswer {
  readonly attemptId: string;
  readonly number: number;
  readonly clientSeq: number;
  readonly content: AnswerContent;
  readonly isSaved: 0 | 1;
  /** The tab that wrote it: another one must not send it in its place. */
  readonly writer?: string;
}

export interface Mark {
  readonly name: string;
  readonly value: unknown;
}

/** What this device keeps: the handbook's text, answers that are not yet acknowledged, and small marks. */
class DeviceStore extends Dexie {
  handbook!: Table<KeptHandbook, 'current'>;
  answers!: Table<KeptAnswer, [string, number]>;
  marks!: Table<Mark, string>;

  constructor() {
    super('xuekao');
    this.version(1).stores({ handbook: 'id', answers: '[attemptId+number], attemptId, isSaved', marks: 'name' });
  }
}

export const deviceStore = new DeviceStore();
