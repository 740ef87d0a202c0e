import { fillFacts, problems } from '@xuekao/contracts';
import type { FieldProblem } from '@xuekao/contracts';
import type { Refusal } from '@xuekao/kernel';
import type { ReadLine } from './core/index.js';
import type { ResultSheet } from './external.xlsx.js';

export function messageOf({ code, facts }: Refusal): string {
  const text = problems[code];
  return text ? [text.title, text.detail && fillFacts(text.detail, facts)].filter(Boolean).join('：') : code;
}

/** Every fault of the lines with its place, as `成绩!C5`. */
export function faultsOf(sheet: ResultSheet, lines: readonly ReadLine[]): FieldProblem[] {
  return lines.flatMap(({ faults }) =>
    faults.map(({ column, row, refusal }) => ({
      path: `${sheet.sheet}!${sheet.cellOf(column, row)}`,
      code: refusal.code,
      message: messageOf(refusal),
    })),
  );
}
