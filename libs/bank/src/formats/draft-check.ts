import { isRefusal, refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { nextVersion, sourceRefusal } from '../core/index.js';
import type { BodyAndKey, QuestionDraft } from '../core/index.js';
import { draftTypes } from './draft-question.js';
import type { DraftQuestion } from './draft-question.js';
import type { RowFault } from './import-row.js';

const textLimits = { explanation: 4000, topic: 60 } as const;
const textNames = { explanation: '解析', topic: '专题' } as const;

function inputOf(draft: DraftQuestion): QuestionDraft | Refusal {
  const { type, stem } = draft;
  switch (type) {
    case 'single':
    case 'multiple':
      return { type, stem, options: draft.options };
    case 'true-false':
      return draft.truth === null ? { type, stem } : { type, stem, truth: draft.truth };
    case 'blank':
      return { type, stem, answers: draft.answers };
    default:
      return refuse('bank.import.element-unsupported', { element: draftTypes[type] });
  }
}

/** Body and key as a new question of the bank has them, or the first fault found. */
export function bodyAndKeyOf(draft: DraftQuestion): BodyAndKey | Refusal {
  const input = inputOf(draft);
  if (isRefusal(input)) return input;
  if (input.options?.some((option) => [...option.text].length > 500)) {
    return refuse('bank.import.cell-too-long', { what: '选项', length: 501, limit: 500 });
  }
  return nextVersion(input);
}

/** Every fault that keeps a draft out of the bank. */
export function faultsOf(draft: DraftQuestion): RowFault[] {
  const read = bodyAndKeyOf(draft);
  const refusals: (Refusal | undefined)[] = [isRefusal(read) ? read : undefined, sourceRefusal(draft.source)];
  for (const field of ['explanation', 'topic'] as const) {
    const length = [...draft[field]].length;
    const limit = textLimits[field];
    if (length > limit) refusals.push(refuse('bank.import.cell-too-long', { what: textNames[field], length, limit }));
  }
  return refusals.flatMap((refusal) => (refusal ? [{ refusal }] : []));
}
