import type { QuestionKey } from '@xuekao/contracts';
import { choiceKey } from '@xuekao/bank';
import { currentActor } from '@xuekao/platform';
import { ExamRefused } from '../exam.errors.js';
import type { AppealRow } from '../marking/marking.entity.js';
import type {
  CorrectedKeyDto,
  NewRegradeDto,
  RegradeDetailDto,
  RegradeDto,
  RegradeFlipDto,
  RegradedAppealDto,
  RegradedAttemptDto,
} from './regrade.dto.js';
import type { RegradeFlipRow, RegradeRow, RegradedAttempt } from './regrade.entity.js';
import type { Named, RegradeView } from './regrade.query.js';
import type { RegradeRequest } from './regrade.service.js';

function keyOf(number: number, { kind, optionIds, accepted, orderFree, pairs }: CorrectedKeyDto): QuestionKey {
  if (kind === 'choice' && optionIds) return choiceKey(optionIds);
  if (kind === 'order' && optionIds) return { kind, optionIds };
  if (kind === 'pairs' && pairs) return { kind, pairs: pairs.map(({ left, right }) => ({ left, right })) };
  const areTexts = accepted?.every((list) =>
    list.every((wording) => typeof wording === 'string' && wording.length <= 500),
  );
  if (kind === 'blank' && accepted && areTexts) return { kind, accepted, ...(orderFree ? { orderFree } : {}) };
  throw new ExamRefused('exam.regrade.key-invalid', { number });
}

/** The request of a form; a missing part shows as the fault that it is. */
export function requestOf({ kind, numbers = [], key, rules }: NewRegradeDto): RegradeRequest {
  switch (kind) {
    case 'policy':
      return { kind, rules };
    case 'appeals':
      return { kind };
    case 'give-all':
    case 'void':
    case 'restore':
      if (numbers.length === 0) throw new ExamRefused('exam.regrade.number-invalid', { number: 0 });
      return { kind, numbers };
    case 'key': {
      const number = numbers[0] ?? 0;
      return key ? { kind, number, key: keyOf(number, key) } : { kind, number };
    }
  }
}

export function regradeDto(run: RegradeRow): RegradeDto {
  const { accountId, memberId } = currentActor();
  const { id, examId, kind, state, numbers, reason, changedAttempts, changedMarks, flips } = run;
  const { reverseOf, reversedBy, appealId } = run;
  return {
    id,
    examId,
    kind,
    state,
    reason,
    changedAttempts,
    changedMarks,
    flips,
    reverseOf,
    reversedBy,
    appealId,
    numbers: [...numbers],
    before: run.countsBefore,
    after: run.countsAfter,
    proposerName: run.proposerName,
    proposedAt: run.proposedAt,
    isOwn: run.proposedBy === accountId || (memberId !== null && run.proposedByMember === memberId),
    deciderName: run.deciderName,
    decidedAt: run.decidedAt,
  };
}

function personOf({ place, memberId }: Named<{ readonly memberId: string }>) {
  const { staffNumber = '', name = '', unitName = '' } = place ?? {};
  return { memberId, staffNumber, name, unitName };
}

function flipDto(flip: Named<RegradeFlipRow>): RegradeFlipDto {
  const { direction, oldScore, newScore } = flip;
  return { ...personOf(flip), direction, oldScore, newScore };
}

function appealDto({ id, number, reason, state, place }: Named<AppealRow>): RegradedAppealDto {
  return { id, number, reason, state, name: place?.name ?? '' };
}

export function detailDto({ run, exam, due, flips, appeals }: RegradeView): RegradeDetailDto {
  const { title, passLine } = exam;
  return { run: regradeDto(run), title, due, passLine, flips: flips.map(flipDto), appeals: appeals.map(appealDto) };
}

export function regradedAttemptDto(row: Named<RegradedAttempt>): RegradedAttemptDto {
  const { attemptId, oldRaw, newRaw, oldFull, newFull, oldScore, newScore, marks } = row;
  return {
    attemptId,
    oldRaw,
    newRaw,
    oldFull,
    newFull,
    oldScore,
    newScore,
    ...personOf(row),
    marks: marks.map(([number, oldMarks, full, , newMarks, fullNow, decidedBy]) => ({
      number,
      oldMarks,
      newMarks,
      decidedBy,
      oldFull: full,
      newFull: fullNow,
    })),
  };
}
