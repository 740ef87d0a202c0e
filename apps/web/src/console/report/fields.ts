import { i18n } from '../../i18n/index.js';
import type { Field, Values } from '../parts/fields.js';

const { t } = i18n.global;
const f = (key: string): string => t(`desk.report.f.${key}`);

const head = (): Field[] => [
  { key: 'authorMemberId', label: f('author'), kind: 'member', hint: t('desk.report.authorHint') },
  { key: 'title', label: f('title'), kind: 'text', max: 120 },
  { key: 'signature', label: f('signature'), kind: 'text', max: 120 },
  { key: 'signedOn', label: f('signedOn'), kind: 'day', isHalf: true },
  { key: 'threshold', label: f('threshold'), kind: 'number', max: 100, isHalf: true },
];
export const headFields = head;
export const newFields = (): Field[] => [
  { key: 'year', label: f('year'), kind: 'number', isRequired: true, min: 2000, max: 2100, isHalf: true },
  { key: 'unitId', label: f('unit'), kind: 'unit', isRequired: true },
  ...head(),
];

/** The threshold is points in the form and hundredths for the server; empty texts are left to the server's defaults. */
export function headBody({ threshold, title, signature, ...rest }: Values): Record<string, unknown> {
  return {
    ...rest,
    ...(title ? { title } : {}),
    ...(signature ? { signature } : {}),
    ...(typeof threshold === 'number' ? { threshold: Math.round(threshold * 100) } : {}),
  };
}
