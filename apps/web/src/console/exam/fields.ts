import { attemptPolicies, examBooks, examLevels, multiplePolicies, reviewPolicies } from '@xuekao/contracts';
import { i18n } from '../../i18n/index.js';
import { choicesOf } from '../parts/choices.js';
import type { Field } from '../parts/fields.js';

const { t } = i18n.global;
const f = (key: string): string => t(`desk.exam.f.${key}`);

export const examFields = (): Field[] => [
  { key: 'title', label: f('title'), kind: 'text', isRequired: true, max: 120 },
  { key: 'unitId', label: f('unit'), kind: 'unit', isRequired: true, isHalf: true },
  { key: 'level', label: f('level'), kind: 'choice', isRequired: true, choices: choicesOf(examLevels), isHalf: true },
  { key: 'opensAt', label: f('opensAt'), kind: 'when', isRequired: true, isHalf: true },
  { key: 'closesAt', label: f('closesAt'), kind: 'when', isRequired: true, isHalf: true },
  { key: 'limitMinutes', label: f('limitMinutes'), kind: 'number', isRequired: true, min: 1, max: 600, isHalf: true },
  {
    key: 'graceSeconds',
    label: f('grace'),
    kind: 'number',
    isRequired: true,
    min: 0,
    max: 300,
    hint: f('graceHint'),
    isHalf: true,
  },
  { key: 'attempts', label: f('attempts'), kind: 'number', isRequired: true, min: 1, max: 20, isHalf: true },
  {
    key: 'attemptPolicy',
    label: f('attemptPolicy'),
    kind: 'choice',
    isRequired: true,
    choices: choicesOf(attemptPolicies),
    hint: f('attemptPolicyHint'),
    isShown: ({ attempts }) => Number(attempts) > 1,
  },
  { key: 'passLine', label: f('passLine100'), kind: 'number', isRequired: true, max: 100, isHalf: true },
  { key: 'excellentLine', label: f('excellentLine100'), kind: 'number', isRequired: true, max: 100, isHalf: true },
  { key: 'book', label: f('book'), kind: 'choice', isRequired: true, choices: choicesOf(examBooks), isHalf: true },
  {
    key: 'review',
    label: f('review'),
    kind: 'choice',
    isRequired: true,
    choices: choicesOf(reviewPolicies),
    isHalf: true,
  },
  {
    key: 'multiplePolicy',
    label: f('multiplePolicy'),
    kind: 'choice',
    isRequired: true,
    choices: choicesOf(multiplePolicies),
  },
  { key: 'shuffleQuestions', label: f('shuffleQuestions'), kind: 'switch', isHalf: true },
  { key: 'shuffleOptions', label: f('shuffleOptions'), kind: 'switch', isHalf: true },
  { key: 'rules', label: f('rules'), kind: 'area', rows: 4, max: 4000 },
];

export const externalFields = (): Field[] => [
  { key: 'title', label: f('title'), kind: 'text', isRequired: true, max: 120 },
  { key: 'unitId', label: f('unit'), kind: 'unit', isRequired: true },
  { key: 'level', label: f('level'), kind: 'choice', isRequired: true, choices: choicesOf(examLevels), isHalf: true },
  { key: 'heldOn', label: f('heldOn'), kind: 'day', isRequired: true, isHalf: true },
  { key: 'full', label: f('full'), kind: 'number', isRequired: true, min: 1, max: 1000, isHalf: true },
  { key: 'passLine', label: f('passLine100'), kind: 'number', isRequired: true, max: 100, isHalf: true },
  { key: 'excellentLine', label: f('excellentLine100'), kind: 'number', isRequired: true, max: 100, isHalf: true },
];
