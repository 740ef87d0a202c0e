import { quizJoinings, type QuizJoining, quizScorings, type QuizScoring } from '@xuekao/contracts';
import { formatPoints, hundredths } from '@xuekao/kernel';
import { defaultQuizOptions, pointsFor, streakSteps } from '@xuekao/live/core';
import { choicesOf } from '../parts/choices.js';
import type { Field, Values } from '../parts/fields.js';
import type { NewContest, QuestionSet } from './live.api.js';

type Words = (key: string, named?: Record<string, string | number>) => string;

/** Keys are the paths of the request, so that the server's word on a field stands beside it. Points and seconds are whole. */
export const emptyContest: Values = {
  title: '',
  setId: null,
  unitId: null,
  'options.limitMs': defaultQuizOptions.limitMs / 1000,
  'options.points': defaultQuizOptions.points / 100,
  'options.scoring': defaultQuizOptions.scoring,
  'options.firstCount': defaultQuizOptions.firstCount,
  draw: null,
  rehearsal: false,
  'options.streakBonus': 0,
  'options.wrongPenalty': 0,
  'options.readingMs': defaultQuizOptions.readingMs / 1000,
  'options.graceMs': defaultQuizOptions.graceMs,
  'options.lockWhenAllAnswered': defaultQuizOptions.lockWhenAllAnswered,
  'options.autoAdvance': defaultQuizOptions.autoAdvance,
  'options.advanceUnattended': defaultQuizOptions.advanceUnattended,
  'options.changeable': defaultQuizOptions.changeable,
  'options.shuffleOptions': defaultQuizOptions.shuffleOptions,
  'options.joining': defaultQuizOptions.joining,
  'options.minUnitParticipants': defaultQuizOptions.minUnitParticipants,
  'options.boardSize': defaultQuizOptions.boardSize,
};

/** Refusals of the server that are about one field. */
export const contestRefusals: Readonly<Record<string, string>> = {
  'live.set.too-few': 'draw',
  'live.set.empty': 'setId',
  'live.set.unfit-questions': 'setId',
  'live.set.too-large': 'setId',
  'live.set.unknown-questions': 'setId',
  'live.set.unpublished-questions': 'setId',
};

const numberOf = (values: Values, key: string): number => Number(values[key] ?? 0);
const inPoints = (points: number): string => formatPoints(hundredths(Math.round(points)));

/** What a right answer at half time earns, with the figures that stand in the form. */
export function scoringExample(values: Values, t: Words): string {
  const points = numberOf(values, 'options.points') * 100;
  const limitMs = numberOf(values, 'options.limitMs') * 1000;
  const scoring = values['options.scoring'] as QuizScoring;
  if (limitMs <= 0 || points <= 0) return '';
  const earned = pointsFor(scoring, points, limitMs / 2, limitMs);
  return t(`desk.live.example.${scoring}`, {
    seconds: String(limitMs / 2000),
    points: inPoints(earned),
    count: numberOf(values, 'options.firstCount'),
  });
}

export function contestFields(sets: readonly QuestionSet[] | null, t: Words): Field[] {
  const f = (key: string): string => t(`desk.live.f.${key}`);
  const sizeOf = (values: Values): number | null => sets?.find(({ id }) => id === values.setId)?.questions ?? null;
  const number = (key: string, label: string, min: number, max: number): Field => ({
    key,
    label: f(label),
    kind: 'number',
    isRequired: true,
    isHalf: true,
    min,
    max,
  });
  const option = (key: string, group: string): Field => ({
    key: `options.${key}`,
    label: '',
    kind: 'switch',
    hint: f(key),
    group: f(group),
  });
  return [
    { key: 'title', label: f('title'), kind: 'text', isRequired: true, max: 120 },
    {
      key: 'setId',
      label: f('set'),
      kind: 'choice',
      isRequired: true,
      choices: (sets ?? []).map(({ id, title, questions }) => ({
        value: id,
        label: t('desk.live.set.named', { title, count: questions }),
      })),
      hint: sets?.length === 0 ? t('desk.live.noSets') : '',
    },
    { key: 'unitId', label: f('unit'), kind: 'unit', isRequired: true },
    number('options.limitMs', 'limit', 3, 600),
    number('options.points', 'points', 1, 1000),
    {
      key: 'options.scoring',
      label: f('scoring'),
      kind: 'choice',
      isRequired: true,
      choices: choicesOf(quizScorings),
      hint: (values) => scoringExample(values, t),
    },
    {
      ...number('options.firstCount', 'firstCount', 1, 1000),
      isShown: (values) => values['options.scoring'] === 'first-n',
    },
    {
      key: 'draw',
      label: f('draw'),
      kind: 'number',
      isHalf: true,
      min: 1,
      max: 200,
      hint: (values) => {
        const count = sizeOf(values);
        return count === null ? f('drawHint') : t('desk.live.f.drawAll', { count });
      },
      fault: (values) => {
        const count = sizeOf(values);
        const isTooMany = count !== null && numberOf(values, 'draw') > count;
        return isTooMany ? t('desk.live.f.drawTooMany', { count }) : undefined;
      },
    },
    { key: 'rehearsal', label: '', kind: 'switch', hint: f('rehearsal') },
    {
      ...number('options.streakBonus', 'streakBonus', 0, 1000),
      hint: (values) => {
        const bonus = numberOf(values, 'options.streakBonus') * 100;
        const named = { second: inPoints(bonus), most: inPoints(bonus * streakSteps), last: streakSteps + 1 };
        return bonus === 0 ? f('streakNone') : t('desk.live.f.streakHint', named);
      },
      group: f('marks'),
    },
    {
      ...number('options.wrongPenalty', 'wrongPenalty', 0, 1000),
      hint: f('wrongPenaltyHint'),
      group: f('marks'),
    },
    { ...number('options.readingMs', 'reading', 0.3, 60), hint: f('readingHint'), group: f('pace') },
    { ...number('options.graceMs', 'grace', 0, 3000), step: 100, hint: f('graceHint'), group: f('pace') },
    option('lockWhenAllAnswered', 'pace'),
    option('autoAdvance', 'pace'),
    option('advanceUnattended', 'pace'),
    option('changeable', 'answers'),
    option('shuffleOptions', 'answers'),
    {
      key: 'options.joining',
      label: f('joining'),
      kind: 'choice',
      isRequired: true,
      choices: choicesOf(quizJoinings),
      group: f('ranking'),
    },
    { ...number('options.minUnitParticipants', 'minUnit', 1, 1000), hint: f('minUnitHint'), group: f('ranking') },
    { ...number('options.boardSize', 'boardSize', 3, 50), group: f('ranking') },
  ];
}

/** What is sent. */
export function contestOf(values: Values): NewContest {
  const number = (key: string): number => numberOf(values, `options.${key}`);
  const flag = (key: string): boolean => values[`options.${key}`] === true;
  const scoring = values['options.scoring'] as QuizScoring;
  return {
    title: String(values.title).trim(),
    setId: String(values.setId),
    unitId: String(values.unitId),
    rehearsal: values.rehearsal === true,
    ...(typeof values.draw === 'number' ? { draw: values.draw } : {}),
    options: {
      scoring,
      ...(scoring === 'first-n' ? { firstCount: number('firstCount') } : {}),
      points: Math.round(number('points') * 100),
      streakBonus: Math.round(number('streakBonus') * 100),
      wrongPenalty: Math.round(number('wrongPenalty') * 100),
      limitMs: Math.round(number('limitMs') * 1000),
      readingMs: Math.round(number('readingMs') * 1000),
      graceMs: Math.round(number('graceMs')),
      lockWhenAllAnswered: flag('lockWhenAllAnswered'),
      autoAdvance: flag('autoAdvance'),
      advanceUnattended: flag('advanceUnattended'),
      changeable: flag('changeable'),
      shuffleOptions: flag('shuffleOptions'),
      joining: values['options.joining'] as QuizJoining,
      minUnitParticipants: number('minUnitParticipants'),
      boardSize: number('boardSize'),
    },
  };
}
