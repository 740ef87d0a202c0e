import type { StageSheet, StageSheetFault } from '@xuekao/contracts';
import { isShown, type Words } from './round-fields.js';

const facts = [
  'name',
  'note',
  'baseScore',
  'teams',
  'teams.least',
  'teams.most',
  'members',
  'members.least',
  'members.most',
  'members.substitutes',
  'ranking',
];

export interface HomelessFault {
  /** Title of the round, or the name of the sheet. */
  readonly round: string;
  readonly path: string;
  readonly message: string;
}

/** Faults for which the form has no field. */
export function homelessFaults(sheet: StageSheet, faults: readonly StageSheetFault[], words: Words): HomelessFault[] {
  return faults.flatMap(({ path, message }) => {
    const [, index, below] = /^rounds\[(\d+)\]\.?(.*)$/u.exec(path) ?? [];
    const round = index === undefined ? undefined : sheet.rounds[Number(index)];
    const isAtHome = round ? below === '' || isShown(round, below ?? '', words) : facts.includes(path);
    return isAtHome ? [] : [{ round: round?.title ?? sheet.name, path, message }];
  });
}
