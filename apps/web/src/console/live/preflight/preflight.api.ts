import type { PreflightFigures, PreflightLevel, PreflightVerdict } from '@xuekao/live/core';
import { get, post } from '../../../api/http.js';

export interface Preflight {
  readonly id: string;
  readonly phones: number;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  readonly percent: number;
  readonly askedAt: number;
  readonly figures: PreflightFigures | null;
  readonly verdict: PreflightVerdict | null;
}

export const startPreflight = (phones: number, force: boolean): Promise<Preflight> =>
  post('/live/preflight', { phones, ...(force ? { force } : {}) });
/** The last ten, newest first. */
export const loadPreflights = (): Promise<{ readonly items: readonly Preflight[] }> => get('/live/preflight');
export const loadPreflight = (id: string): Promise<Preflight> => get(`/live/preflight/${id}`);

export const isUnderWay = ({ state }: Preflight): boolean => state === 'waiting' || state === 'running';
export const toneOf: Readonly<Record<PreflightLevel, 'good' | 'warn' | 'bad'>> = {
  good: 'good',
  tight: 'warn',
  bad: 'bad',
};
