import type { AttemptChoice, OptionFlag, QuestionType } from '@xuekao/contracts';
import { get } from '../../../api/http.js';
import { download } from '../../parts/file.js';

/** Marks are hundredths of a point; null where a figure is not defined for these attempts. */
export interface TestStatistics {
  readonly attempts: number;
  readonly mean: number | null;
  readonly median: number | null;
  readonly standardDeviation: number | null;
  readonly skewness: number | null;
  readonly kurtosis: number | null;
  readonly internalConsistency: number | null;
  readonly errorRatio: number | null;
  readonly standardError: number | null;
}

export interface OptionStatistics {
  readonly letter: string;
  readonly text: string;
  readonly isKey: boolean;
  readonly chosen: number;
  readonly topShare: number;
  readonly bottomShare: number;
  readonly flags: readonly OptionFlag[];
}

export interface ItemStatistics {
  readonly number: number;
  readonly section: string;
  readonly code: string;
  readonly type: QuestionType;
  readonly stem: string;
  readonly full: number;
  readonly facility: number | null;
  readonly standardDeviation: number | null;
  readonly randomGuess: number | null;
  readonly intendedWeight: number | null;
  readonly effectiveWeight: number | null;
  readonly hasNegativeCovariance: boolean;
  readonly discrimination: number | null;
  readonly efficiency: number | null;
  readonly d27: number | null;
  readonly open: number | null;
  readonly options: readonly OptionStatistics[];
}

export interface ScoreSummary {
  readonly count: number;
  readonly passed: number;
  readonly excellent: number;
  readonly mean: number | null;
  readonly median: number | null;
  readonly lowest: number | null;
  readonly highest: number | null;
  readonly bands: readonly number[];
}

export interface UnitAnalysis {
  readonly unitId: string | null;
  readonly unitName: string;
  readonly due: number;
  readonly scores: ScoreSummary;
}

export interface ExamAnalysis {
  readonly title: string;
  readonly isFinal: boolean;
  readonly passLine: number;
  readonly excellentLine: number;
  readonly test: TestStatistics;
  readonly scores: ScoreSummary;
  readonly units: readonly UnitAnalysis[];
  readonly items: readonly ItemStatistics[];
}

export const loadAnalysis = (examId: string, attempts: AttemptChoice): Promise<ExamAnalysis> =>
  get(`/exams/${examId}/analysis`, { query: { attempts } });
export const downloadAnalysis = (examId: string, attempts: AttemptChoice): Promise<void> =>
  download(`/exams/${examId}/analysis/xlsx`, { attempts }, 'analysis.xlsx');
