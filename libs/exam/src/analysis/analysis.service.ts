import { Injectable } from '@nestjs/common';
import type { AttemptChoice, QuestionType } from '@xuekao/contracts';
import { ExamQuery } from '../exam.query.js';
import type { ExamRow, PaperItemRow, RosterRow } from '../exam.entity.js';
import { ExamMarking } from '../marking/exam-marking.js';
import { PaperCache } from '../paper-cache.js';
import type { TakingPaper } from '../paper-cache.js';
import {
  chosenAttempts,
  choiceStatistics,
  itemStatistics,
  scoreSummary,
  testStatistics,
  totalsOf,
} from '../core/index.js';
import type { ChoiceStatistics, ItemStatistics, ResponseTable, ScoreSummary, TestStatistics } from '../core/index.js';
import type { SheetRow } from './sheet.entity.js';
import { optionsOf, SheetKeeper } from './sheet-keeper.js';
import { SheetStore } from './sheet.store.js';
import type { MarkedAttempt } from './sheet.store.js';

export interface AnalysedItem extends ItemStatistics {
  readonly section: string;
  readonly code: string;
  readonly type: QuestionType;
  readonly stem: string;
  /** Hundredths. */
  readonly full: number;
  readonly choices: ChoiceStatistics | null;
  readonly optionTexts: ReadonlyMap<string, string>;
}

export interface AnalysedUnit {
  readonly unitId: string | null;
  readonly unitName: string;
  /** Persons who count in 应考 there. */
  readonly due: number;
  readonly scores: ScoreSummary;
}

export interface AnalysedSheet {
  readonly place: RosterRow;
  readonly attempt: MarkedAttempt;
  readonly marks: readonly number[];
}

export interface ExamAnalysis {
  readonly exam: ExamRow;
  readonly choice: AttemptChoice;
  /** Closed: no figure will change any more but by a regrade. */
  readonly isFinal: boolean;
  readonly test: TestStatistics;
  readonly items: readonly AnalysedItem[];
  readonly scores: ScoreSummary;
  readonly units: readonly AnalysedUnit[];
}

/** With everybody's marks: for a file, and never kept, since they are a megabyte for a thousand people. */
export interface AnalysisWithSheets extends ExamAnalysis {
  readonly sheets: readonly AnalysedSheet[];
}

interface Kept {
  readonly signature: string;
  readonly analysis: ExamAnalysis;
}

const keptMost = 24;

/** Statistics of one exam over the people in the actor's scope; kept until a mark changes. */
@Injectable()
export class AnalysisService {
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly query: ExamQuery,
    private readonly store: SheetStore,
    private readonly keeper: SheetKeeper,
    private readonly papers: PaperCache,
    private readonly marking: ExamMarking,
  ) {}

  /** Without a choice the attempts count that count for the result. */
  async of(examId: string, given?: AttemptChoice): Promise<ExamAnalysis> {
    const { exam, places, scopeKey } = await this.query.people(examId);
    const choice = choiceOf(exam, given);
    const key = `${examId}/${choice}/${scopeKey}`;
    const kept = this.kept.get(key);
    if (kept?.signature === (await this.signatureOf(exam))) return kept.analysis;
    await this.keeper.complete(exam);
    // Before the figures are read: what changes meanwhile is seen the next time.
    const signature = await this.signatureOf(exam);
    const { sheets: _sheets, ...analysis } = await this.compute(exam, places, choice);
    this.kept.delete(key);
    if (this.kept.size >= keptMost) this.kept.delete(this.kept.keys().next().value!);
    this.kept.set(key, { signature, analysis });
    return analysis;
  }

  /** As {@link of}, worked out anew. */
  async withSheets(examId: string, given?: AttemptChoice): Promise<AnalysisWithSheets> {
    const { exam, places } = await this.query.people(examId);
    await this.keeper.complete(exam);
    return this.compute(exam, places, choiceOf(exam, given));
  }

  private async signatureOf({ id, version, state }: ExamRow): Promise<string> {
    return `${await this.keeper.revisionOf(id)}/${version}/${state}/${await this.store.signature(id)}`;
  }

  private async compute(
    exam: ExamRow,
    places: readonly RosterRow[],
    choice: AttemptChoice,
  ): Promise<AnalysisWithSheets> {
    const placeOf = new Map(places.map((place) => [place.memberId, place]));
    const marked = (await this.store.marked(exam.id)).filter(({ memberId }) => placeOf.has(memberId));
    const sheetOf = new Map((await this.store.sheets(exam.id)).map((sheet) => [sheet.attemptId, sheet]));
    const counted = chosenAttempts(marked, choice).filter(({ id }) => sheetOf.has(id));
    const paper = await this.papers.get(exam.paperId);
    const rows = counted.map(({ id }) => sheetOf.get(id)!);
    const table = await this.tableOf(exam, paper, rows);
    const totals = totalsOf(table);
    const scores = counted.map(({ score }) => score);
    return {
      exam,
      choice,
      isFinal: exam.state === 'closed' || exam.state === 'archived',
      test: testStatistics(table, totals),
      items: itemsOf(paper, table, totals),
      scores: scoreSummary(scores, exam.passLine, exam.excellentLine),
      units: unitsOf(exam, places, counted),
      sheets: counted.map((attempt, i) => ({
        attempt,
        place: placeOf.get(attempt.memberId)!,
        marks: rows[i]!.marks,
      })),
    };
  }

  private async tableOf(exam: ExamRow, paper: TakingPaper, rows: readonly SheetRow[]): Promise<ResponseTable> {
    const asked = await this.marking.questionsOf(exam, await this.marking.stateOf(exam.id));
    const keyOf = new Map(asked.map(({ number, key }) => [number, key]));
    const columns = (of: (row: SheetRow) => readonly number[]): Int32Array[] =>
      paper.items.map((_, j) => Int32Array.from(rows, (row) => of(row)[j] ?? 0));
    return {
      attempts: rows.length,
      positions: paper.items.map((item, j) => {
        const key = keyOf.get(item.number);
        return {
          number: item.number,
          type: item.type,
          full: rows[0]?.fulls[j] ?? item.marks,
          isRandom: false,
          optionIds: optionsOf(paper.bodyOf(item.number)),
          keyIds: key?.kind === 'choice' ? key.optionIds : [],
        };
      }),
      marks: columns((row) => row.marks),
      picks: columns((row) => row.picks),
    };
  }
}

function choiceOf({ attemptPolicy }: ExamRow, given: AttemptChoice | undefined): AttemptChoice {
  return given ?? (attemptPolicy === 'last' ? 'last' : 'highest');
}

function itemsOf(paper: TakingPaper, table: ResponseTable, totals: Float64Array): AnalysedItem[] {
  const choices = new Map(choiceStatistics(table, totals).map((each) => [each.number, each]));
  return itemStatistics(table, totals).map((statistics, j) => {
    const item: PaperItemRow = paper.items[j]!;
    const body = paper.bodyOf(item.number);
    const options = body && 'options' in body ? body.options : [];
    return {
      ...statistics,
      section: item.sectionName,
      code: item.code,
      type: item.type,
      stem: body?.stem ?? '',
      full: table.positions[j]!.full,
      choices: choices.get(item.number) ?? null,
      optionTexts: new Map(options.map((option) => [option.id, option.text])),
    };
  });
}

/** In the roster's order of units. */
function unitsOf(exam: ExamRow, places: readonly RosterRow[], counted: readonly MarkedAttempt[]): AnalysedUnit[] {
  const scoresOf = new Map<string, number[]>();
  for (const { memberId, score } of counted) scoresOf.set(memberId, [...(scoresOf.get(memberId) ?? []), score]);
  const units = new Map<string | null, RosterRow[]>();
  for (const place of places) {
    const own = units.get(place.unitId);
    if (own) own.push(place);
    else units.set(place.unitId, [place]);
  }
  return [...units].map(([unitId, own]) => ({
    unitId,
    unitName: own[0]!.unitName,
    due: own.filter((place) => place.exemption === null || scoresOf.has(place.memberId)).length,
    scores: scoreSummary(
      own.flatMap((place) => scoresOf.get(place.memberId) ?? []),
      exam.passLine,
      exam.excellentLine,
    ),
  }));
}
