import {
  absenceReasons,
  exemptionReasons,
  leaveReasons,
  type AbsenceReason,
  type LeaveReason,
} from '@xuekao/contracts';
import { i18n } from '../../i18n/index.js';
import { choicesOf } from '../parts/choices.js';
import { type Field, filledValues, type Values } from '../parts/fields.js';
import {
  admitGuest,
  type AttendanceRow,
  enrol,
  exempt,
  makeUp,
  markAttendance,
  type SessionFile,
} from './session.api.js';

export type AttendanceAct = 'leave' | 'absent' | 'exempt' | 'makeUp' | 'enrol' | 'guest';

interface Act {
  readonly fields: () => Field[];
  send(sessionId: string, people: readonly AttendanceRow[], values: Values): Promise<SessionFile>;
}

const { t } = i18n.global;
const f = (key: string): string => t(`desk.schedule.f.${key}`);
const note = (): Field => ({ key: 'note', label: f('note'), kind: 'area', max: 500 });
const reason = (): Field => ({ key: 'reason', label: f('reason'), kind: 'area', isRequired: true, max: 500 });
const firstOf = (people: readonly AttendanceRow[]): string => people[0]?.memberId ?? '';

/** The acts on a roster that ask for more than a click. */
export const attendanceActs: Record<AttendanceAct, Act> = {
  leave: {
    fields: () => [
      {
        key: 'leaveReason',
        label: f('leaveReason'),
        kind: 'choice',
        isRequired: true,
        choices: choicesOf(leaveReasons),
      },
      note(),
    ],
    send: (id, people, values) =>
      markAttendance(
        id,
        people.map(({ memberId }) => ({
          memberId,
          status: 'leave',
          leaveReason: values.leaveReason as LeaveReason,
          ...(values.note ? { note: String(values.note) } : {}),
        })),
      ),
  },
  absent: {
    fields: () => [
      { key: 'absenceReason', label: f('absenceReason'), kind: 'choice', choices: choicesOf(absenceReasons) },
      note(),
    ],
    send: (id, people, values) =>
      markAttendance(
        id,
        people.map(({ memberId }) => ({
          memberId,
          status: 'absent',
          ...(values.absenceReason ? { absenceReason: values.absenceReason as AbsenceReason } : {}),
          ...(values.note ? { note: String(values.note) } : {}),
        })),
      ),
  },
  exempt: {
    fields: () => [
      {
        key: 'exemption',
        label: f('exemption'),
        kind: 'choice',
        choices: choicesOf(exemptionReasons),
        hint: t('desk.schedule.exemptHint'),
      },
      reason(),
    ],
    send: (id, people, values) =>
      exempt(id, firstOf(people), { exemption: values.exemption || null, reason: String(values.reason).trim() }),
  },
  makeUp: {
    fields: () => [note()],
    send: (id, people, values) => makeUp(id, { memberId: firstOf(people), note: values.note || null }),
  },
  enrol: {
    fields: () => [{ key: 'memberId', label: f('member'), kind: 'member', isRequired: true }, reason()],
    send: (id, _people, values) => enrol(id, filledValues(attendanceActs.enrol.fields(), values)),
  },
  guest: {
    fields: () => [
      { key: 'name', label: f('guestName'), kind: 'text', isRequired: true, max: 80 },
      { key: 'organisation', label: f('guestOrganisation'), kind: 'text', max: 120 },
    ],
    send: (id, _people, values) => admitGuest(id, filledValues(attendanceActs.guest.fields(), values)),
  },
};
