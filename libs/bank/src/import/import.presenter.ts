import { fillFacts, guessReasons, importFormats, problems } from '@xuekao/contracts';
import type { ImportGuess } from '@xuekao/contracts';
import type { Refusal } from '@xuekao/kernel';
import { placeText } from '../formats/index.js';
import type { FileMaterial, RowFault, UnreadPiece } from '../formats/index.js';
import type {
  BankFileMaterialDto,
  BankImportDto,
  BankImportFaultDto,
  BankImportGuessDto,
  BankImportRowDto,
  BankImportUnreadDto,
  BankUndoPlanDto,
} from './import.dto.js';
import type { ImportBatchRow, ImportQuestionRow } from './import.entity.js';
import type { UndoPlan } from './import-undo.service.js';
import type { StateCounts } from './import.store.js';

export function messageOf({ code, facts }: Refusal): string {
  const text = problems[code];
  return text ? [text.title, text.detail && fillFacts(text.detail, facts)].filter(Boolean).join('：') : code;
}

function faultDto({ refusal, place }: RowFault): BankImportFaultDto {
  return { code: refusal.code, message: messageOf(refusal), place: place ? placeText(place) : null };
}

function guessDto({ what, guess, reason, facts = {} }: ImportGuess): BankImportGuessDto {
  return { what, guess, reason, message: fillFacts(guessReasons[reason], facts) };
}

function unreadDto({ place, text }: UnreadPiece): BankImportUnreadDto {
  return { place: placeText(place), text };
}

export function importDto(batch: ImportBatchRow, counts: StateCounts = {}): BankImportDto {
  const { id, state, format, fileName, topic, difficulty, mode, done, expected, createdAt, committedAt, undoneAt } =
    batch;
  const of = (name: keyof StateCounts): number => counts[name] ?? 0;
  return {
    id,
    state,
    format,
    formatName: importFormats[format].name,
    fileName,
    topic,
    difficulty,
    mode,
    done,
    expected,
    total: Object.values(counts).reduce((sum, count) => sum + count, 0),
    good: of('good'),
    unclear: of('unclear'),
    faulty: of('faulty'),
    known: of('known'),
    repeated: of('repeated'),
    conflict: of('conflict'),
    skipped: of('skipped'),
    imported: of('imported'),
    undone: of('undone'),
    kept: of('kept'),
    failure: batch.failure ? faultDto({ refusal: batch.failure }) : null,
    unread: batch.unread.map(unreadDto),
    authorId: batch.authorId,
    createdAt,
    committedAt,
    undoneAt,
  };
}

export function undoPlanDto({ going, staying }: UndoPlan): BankUndoPlanDto {
  return { going, staying: staying.map(({ number, code, refusal }) => ({ number, code, reason: messageOf(refusal) })) };
}

function materialDto({ title, text, pictures }: FileMaterial): BankFileMaterialDto {
  return { title, text, ...(pictures ? { pictures: [...pictures] } : {}) };
}

export function importRowDto(row: ImportQuestionRow): BankImportRowDto {
  return {
    number: row.number,
    state: row.state,
    label: row.label,
    place: placeText(row.place),
    question: row.draft && {
      ...row.draft,
      pictures: [...row.draft.pictures],
      material: row.draft.material && materialDto(row.draft.material),
      options: [...row.draft.options],
      answers: row.draft.answers.map((wordings) => [...wordings]),
      order: [...row.draft.order],
      pairs: [...row.draft.pairs],
      spareRights: [...row.draft.spareRights],
      rubric: [...row.draft.rubric],
    },
    faults: row.faults.map(faultDto),
    guesses: row.guesses.map(guessDto),
    twins: [...row.twins],
    raw: row.raw,
    questionId: row.questionId,
  };
}
