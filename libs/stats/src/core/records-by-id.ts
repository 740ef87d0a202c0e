import type { RecordKind, StatRecord } from '@xuekao/contracts';
import { unitIndex } from './area.js';
import { contestDetail } from './contest-record.js';
import type { YearFacts } from './facts.js';

type Known = Omit<StatRecord, 'id' | 'kind' | 'amount'>;

const nobody = { memberId: null, person: '' } as const;

function sessionsById(facts: YearFacts): Map<string, Known> {
  const units = unitIndex(facts);
  return new Map(
    facts.sessions.map((session) => [
      session.id,
      {
        ...nobody,
        date: session.date,
        title: session.title,
        unitId: session.ownerUnitId,
        unit: units.get(session.ownerUnitId)?.name ?? '',
        detail: session.host,
      },
    ]),
  );
}

/** People of the year by id: from the roll, and from frozen rosters for those who have left it. */
function membersById(facts: YearFacts): Map<string, Known> {
  const units = unitIndex(facts);
  const known = (row: { memberId: string; name: string; unitId: string | null }): [string, Known] => [
    row.memberId,
    {
      date: facts.asOf,
      title: row.name,
      unitId: row.unitId,
      unit: (row.unitId && units.get(row.unitId)?.name) || '',
      memberId: row.memberId,
      person: row.name,
      detail: '',
    },
  ];
  return new Map([...facts.attendance, ...facts.results, ...facts.memberships].map(known));
}

function namedById(rows: readonly { id: string; date: string; title: string; detail: string }[]): Map<string, Known> {
  return new Map(rows.map(({ id, ...row }) => [id, { ...nobody, ...row, unitId: null, unit: '' }]));
}

function indexOf(facts: YearFacts, kind: RecordKind): ReadonlyMap<string, Known> {
  switch (kind) {
    case 'session':
    case 'attendance':
    case 'hours':
      return sessionsById(facts);
    case 'member':
    case 'exam-result':
    case 'reading':
      return membersById(facts);
    case 'exam':
      return namedById(facts.exams.map(({ id, date, name }) => ({ id, date, title: name, detail: '' })));
    case 'contest':
      return namedById(
        facts.contests.map((contest) => {
          const { id, date, title } = contest;
          return { id, date, title, detail: contestDetail(contest) };
        }),
      );
    case 'handbook':
      return namedById(
        facts.handbooks.map(({ id, title, entries }) => ({ id, date: facts.asOf, title, detail: `${entries}问` })),
      );
    case 'unit':
      return namedById(facts.units.map(({ id, name }) => ({ id, date: facts.asOf, title: name, detail: '' })));
  }
}

/** The records with these ids, in their order; an id that the year no longer knows is listed without a title. */
export function recordsById(facts: YearFacts, kind: RecordKind, ids: readonly string[]): readonly StatRecord[] {
  const index = indexOf(facts, kind);
  const unknown: Known = { ...nobody, date: '', title: '', unitId: null, unit: '', detail: '' };
  return ids.map((id) => ({ id, kind, amount: 1, ...(index.get(id) ?? unknown) }));
}
