import type { StagePage, StagePart } from '@xuekao/contracts';
import { partOf } from '@xuekao/live/core';
import { afterStagePage, type StageState } from './stage-state.js';

export interface RestWork {
  read(): StageState | null;
  write(state: StageState): void;
  ask(part: StagePart, from: number): Promise<StagePage>;
}

/** Brings what a view had no room for. A part that a frame tells meanwhile is whole by that, and so is a newer view's. */
export async function fillRest(work: RestWork): Promise<void> {
  await Promise.all((work.read()?.view.rest ?? []).map((part) => fillPart(work, part)));
}

async function fillPart({ read, write, ask }: RestWork, part: StagePart): Promise<void> {
  for (let state = read(); state?.view.rest?.includes(part); state = read()) {
    const page = await ask(part, partOf(state.view, part)?.length ?? 0);
    const now = read();
    if (now) write(afterStagePage(now, page));
  }
}

/** Nothing of it is on its way. */
export const isWhole = ({ view }: StageState): boolean => (view.rest?.length ?? 0) === 0;
