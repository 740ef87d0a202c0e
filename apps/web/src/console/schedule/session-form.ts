import type { SessionLevel, SessionType } from '@xuekao/contracts';
import type { Audience, NewSession, Person, SessionFile } from './session.api.js';

export interface ItemForm {
  type: SessionType | '';
  title: string;
  /** One piece of reading a line. */
  topics: string;
  minutes: number;
}

export interface SessionForm {
  title: string;
  ownerUnitId: string | null;
  place: string;
  onlineLink: string;
  plannedStartAt: number | null;
  plannedEndAt: number | null;
  items: ItemForm[];
  isOwnAudience: boolean;
  audience: { unitIds: string[]; reach: 'subtree' | 'unit'; memberIds: string[] };
  host: Person | null;
  recorder: Person | null;
  speaker: Person | null;
  speakerOrganisation: string;
  speakerPost: string;
  oathLeader: Person | null;
  agenda: string;
  level: SessionLevel | '';
  studiesPartyBuilding: boolean;
}

export const emptyItem = (): ItemForm => ({ type: '', title: '', topics: '', minutes: 60 });

export const emptySession = (ownerUnitId: string | null): SessionForm => ({
  title: '',
  ownerUnitId,
  place: '',
  onlineLink: '',
  plannedStartAt: null,
  plannedEndAt: null,
  items: [emptyItem()],
  isOwnAudience: true,
  audience: { unitIds: [], reach: 'subtree', memberIds: [] },
  host: null,
  recorder: null,
  speaker: null,
  speakerOrganisation: '',
  speakerPost: '',
  oathLeader: null,
  agenda: '',
  level: '',
  studiesPartyBuilding: false,
});

const isOwnersOwn = ({ unitIds, reach, memberIds }: Audience, ownerUnitId: string): boolean =>
  reach === 'subtree' && memberIds.length === 0 && unitIds.length === 1 && unitIds[0] === ownerUnitId;

export function formOfSession(file: SessionFile): SessionForm {
  const { unitIds, reach, memberIds } = file.audience;
  return {
    title: file.title,
    ownerUnitId: file.ownerUnitId,
    place: file.place,
    onlineLink: file.onlineLink ?? '',
    plannedStartAt: file.plannedStartAt,
    plannedEndAt: file.plannedEndAt,
    items: file.items.map(({ type, title, topics, minutes }) => ({ type, title, topics: topics.join('\n'), minutes })),
    isOwnAudience: isOwnersOwn(file.audience, file.ownerUnitId),
    audience: { unitIds: [...unitIds], reach, memberIds: [...memberIds] },
    host: file.people.host ?? null,
    recorder: file.people.recorder ?? null,
    speaker: file.people.speaker ?? null,
    speakerOrganisation: file.people.speaker?.organisation ?? '',
    speakerPost: file.people.speaker?.post ?? '',
    oathLeader: file.people.oathLeader ?? null,
    agenda: file.agenda,
    level: file.level ?? '',
    studiesPartyBuilding: file.studiesPartyBuilding,
  };
}

export type FormGap = 'title' | 'ownerUnitId' | 'plannedStartAt' | 'plannedEndAt' | 'items';

/** What must be filled in before the server can be asked. */
export function gapsOf(form: SessionForm): FormGap[] {
  const gaps: FormGap[] = [];
  if (!form.title.trim()) gaps.push('title');
  if (!form.ownerUnitId) gaps.push('ownerUnitId');
  if (form.plannedStartAt === null) gaps.push('plannedStartAt');
  if (form.plannedEndAt === null) gaps.push('plannedEndAt');
  if (form.items.length === 0 || form.items.some(({ type, title }) => type === '' || !title.trim())) gaps.push('items');
  return gaps;
}

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** The body for the server of a form without gaps. */
export function bodyOf(form: SessionForm): NewSession {
  const ownerUnitId = form.ownerUnitId ?? '';
  const speaker = form.speaker && {
    memberId: form.speaker.memberId,
    name: form.speaker.name.trim(),
    organisation: form.speakerOrganisation.trim() || null,
    post: form.speakerPost.trim() || null,
  };
  const person = (one: Person | null): Person | null => one && { memberId: one.memberId, name: one.name.trim() };
  return {
    title: form.title.trim(),
    ownerUnitId,
    audience: form.isOwnAudience ? { unitIds: [ownerUnitId], reach: 'subtree', memberIds: [] } : form.audience,
    place: form.place.trim(),
    onlineLink: form.onlineLink.trim() || null,
    plannedStartAt: form.plannedStartAt ?? 0,
    plannedEndAt: form.plannedEndAt ?? 0,
    people: {
      host: person(form.host),
      recorder: person(form.recorder),
      speaker,
      oathLeader: person(form.oathLeader),
    },
    agenda: form.agenda.trim(),
    level: form.level || null,
    studiesPartyBuilding: form.studiesPartyBuilding,
    items: form.items.flatMap(({ type, title, topics, minutes }) =>
      type === '' ? [] : [{ type, title: title.trim(), topics: lines(topics), minutes }],
    ),
  };
}
