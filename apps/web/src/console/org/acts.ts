import { exemptionReasons, genders, membershipTypes, type RoleName, roles, trees, unitKinds } from '@xuekao/contracts';
import { i18n } from '../../i18n/index.js';
import { choicesOf } from '../parts/choices.js';
import type { Field } from '../parts/fields.js';

const { t } = i18n.global;
const f = (key: string): string => t(`desk.org.f.${key}`);

const reason = (): Field => ({ key: 'reason', label: f('reason'), kind: 'area', isRequired: true, max: 200 });
const on = (hint?: string): Field => ({ key: 'on', label: f('on'), kind: 'day', ...(hint ? { hint } : {}) });

const details = (): Field[] => [
  { key: 'staffNumber', label: f('staffNumber'), kind: 'text', isRequired: true, max: 32, isHalf: true },
  { key: 'name', label: f('name'), kind: 'text', isRequired: true, max: 60, isHalf: true },
  { key: 'gender', label: f('gender'), kind: 'choice', choices: choicesOf(genders), isHalf: true },
  { key: 'phone', label: f('phone'), kind: 'text', max: 20, isHalf: true },
  { key: 'joinedOn', label: f('joinedOn'), kind: 'day', isHalf: true },
  { key: 'fullSince', label: f('fullSince'), kind: 'day', isHalf: true },
];

export const memberEditFields = details;
export const memberFields = (): Field[] => [
  ...details(),
  {
    key: 'type',
    label: f('type'),
    kind: 'choice',
    isRequired: true,
    choices: choicesOf(membershipTypes),
    isHalf: true,
  },
  { key: 'from', label: f('from'), kind: 'day', isHalf: true },
  { key: 'partyUnitId', label: f('partyUnit'), kind: 'unit' },
  { key: 'departmentUnitId', label: f('departmentUnit'), kind: 'unit' },
];

export const typeFields = (): Field[] => [
  { key: 'type', label: f('type'), kind: 'choice', isRequired: true, choices: choicesOf(membershipTypes) },
  on(),
  reason(),
];

export const transferFields = (): Field[] => [
  { key: 'tree', label: f('tree'), kind: 'choice', isRequired: true, choices: choicesOf(trees), isHalf: true },
  { key: 'startedOn', label: f('startedOn'), kind: 'day', isHalf: true },
  { key: 'toUnitId', label: f('toUnit'), kind: 'unit', isRequired: true },
  {
    key: 'letterNumber',
    label: f('letterNumber'),
    kind: 'text',
    max: 60,
    isShown: (values) => values.tree === 'party',
  },
  reason(),
];
export const acceptFields = (): Field[] => [
  { key: 'acceptedOn', label: f('acceptedOn'), kind: 'day', hint: t('desk.org.acceptHint') },
];
export const cancelFields = (): Field[] => [reason()];
export const endFields = (): Field[] => [on(t('desk.org.endHint')), reason()];

const roleChoices = (isAdministrator: boolean) =>
  Object.entries(roles)
    .filter(([, role]) => 'administrator' in role === isAdministrator)
    .map(([value, role]) => ({ value, label: role.name }));

export const roleName = (role: RoleName): string => roles[role].name;
export const roleFields = (): Field[] => [
  {
    key: 'role',
    label: f('role'),
    kind: 'choice',
    isRequired: true,
    choices: [...roleChoices(false), ...roleChoices(true)],
  },
  { key: 'unitId', label: f('unit'), kind: 'unit', isRequired: true },
  { key: 'from', label: f('from'), kind: 'day', isHalf: true },
  { key: 'to', label: f('to'), kind: 'day', isHalf: true },
  reason(),
];
export const exemptionFields = (): Field[] => [
  { key: 'reason', label: f('exemption'), kind: 'choice', isRequired: true, choices: choicesOf(exemptionReasons) },
  { key: 'unitId', label: f('unit'), kind: 'unit', isRequired: true },
  { key: 'from', label: f('from'), kind: 'day', isRequired: true, isHalf: true },
  { key: 'to', label: f('to'), kind: 'day', isHalf: true },
  { key: 'approvedBy', label: f('approvedBy'), kind: 'text', isRequired: true, max: 60 },
  { key: 'note', label: f('note'), kind: 'area', max: 200 },
];
export const withMember = (fields: Field[]): Field[] => [
  { key: 'memberId', label: f('member'), kind: 'member', isRequired: true },
  ...fields,
];
export const joinFields = (): Field[] => [
  { key: 'unitId', label: f('toUnit'), kind: 'unit', isRequired: true },
  { key: 'on', label: f('from'), kind: 'day' },
];

export const unitFields = (): Field[] => [
  { key: 'kind', label: f('kind'), kind: 'choice', isRequired: true, choices: choicesOf(unitKinds), isHalf: true },
  { key: 'from', label: f('from'), kind: 'day', isHalf: true },
  { key: 'parentId', label: f('parent'), kind: 'unit', isRequired: true },
  ...unitEditFields(),
];
export function unitEditFields(): Field[] {
  return [
    { key: 'name', label: f('unitName'), kind: 'text', isRequired: true, max: 120 },
    { key: 'shortName', label: f('shortName'), kind: 'text', max: 40, isHalf: true },
    { key: 'sortOrder', label: f('sortOrder'), kind: 'number', max: 100_000, isHalf: true },
  ];
}
