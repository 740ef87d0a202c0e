import {
  type ExamLevel,
  type FigureUnit,
  figureUnits,
  type Page,
  type RecordKind,
  type SessionType,
  type StatFigure,
  statFigures,
  type StatRecord,
  type UnitKind,
} from '@xuekao/contracts';
import { get } from '../../api/http.js';

export interface Figure {
  readonly key: string;
  readonly label: string;
  readonly unit: FigureUnit;
  readonly value: number;
  readonly query: string;
  readonly recordKind: RecordKind;
  readonly records: number;
}

export interface Rate {
  readonly key: string;
  readonly label: string;
  readonly numerator: Figure;
  readonly denominator: Figure;
  readonly text: string;
}

export interface Period {
  readonly year: number;
  readonly quarter?: number | undefined;
  readonly month?: number | undefined;
  readonly unitId?: string | undefined;
}

export interface Overview {
  readonly year: number;
  readonly unit: { readonly id: string; readonly name: string; readonly kind: UnitKind };
  readonly asOf: string;
  readonly figures: readonly Figure[];
  readonly rates: readonly Rate[];
}

export interface StudyRow {
  readonly unitId: string | null;
  readonly unit: string;
  readonly full: Figure;
  readonly probationary: Figure;
  readonly studyGroupSessions: Figure;
  readonly collectiveSessions: Figure;
  readonly branchSessions: Figure;
  readonly lectures: Figure;
  readonly partyDays: Figure;
  readonly attendance: Rate;
  readonly hours: Figure;
  readonly hourMembers: Figure;
  readonly hoursReached: Rate;
  readonly note: string;
}

export interface MonthRow {
  readonly unitId: string;
  readonly unit: string;
  readonly kind: UnitKind;
  readonly type: SessionType;
  readonly rule: 'monthly' | 'quarterly' | 'yearly' | 'none';
  readonly months: readonly number[];
  readonly gaps: readonly string[];
}

export interface ExamRow {
  readonly examId: string;
  readonly name: string;
  readonly level: ExamLevel;
  readonly date: string;
  readonly due: Figure;
  readonly sat: Figure;
  readonly absent: readonly { readonly reason: string; readonly count: number }[];
  readonly participation: Rate;
  readonly meanMarks: number | null;
  readonly medianMarks: number | null;
  readonly bands: { readonly a90: number; readonly b80: number; readonly c60: number; readonly d0: number } | null;
  readonly threshold: number;
  readonly atLeast: Rate | null;
  readonly pass: Rate | null;
  readonly excellent: Rate | null;
  readonly suppressed: boolean;
}

export interface MemberHours {
  readonly memberId: string;
  readonly name: string;
  readonly unit: string;
  readonly hours: number;
  readonly target: number;
  readonly reached: boolean;
  readonly allPeriod: boolean;
}

const of = (period: Period) => ({ query: { ...period } });

export const loadOverview = (period: Period): Promise<Overview> => get('/stats/overview', of(period));
export const loadUnitRows = (period: Period): Promise<{ rows: StudyRow[] }> => get('/stats/units', of(period));
export const loadMonthRows = (period: Period): Promise<{ rows: MonthRow[] }> => get('/stats/sessions', of(period));
export const loadExamRows = (period: Period): Promise<{ rows: ExamRow[] }> => get('/stats/exams', of(period));
export const loadHours = (period: Period, cursor: string | null, limit: number): Promise<Page<MemberHours>> =>
  get('/stats/hours', { query: { ...period, cursor, limit } });
export const loadRecords = (period: Period, figure: string, cursor: string | null): Promise<Page<StatRecord>> =>
  get('/stats/records', { query: { ...period, figure, cursor, limit: 50 } });

/** Figures that open to their records; others are sums of a printed table. */
export const isStatFigure = (key: string): key is StatFigure => Object.hasOwn(statFigures, key);

/** Study hours are hundredths; `2258 人次`. */
export const figureText = ({ value, unit }: Pick<Figure, 'value' | 'unit'>): string =>
  `${unit === 'hours' ? value / 100 : value} ${figureUnits[unit]}`;
