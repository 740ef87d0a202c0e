import type { Client } from '../harness/client.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

interface Unit {
  readonly id: string;
  readonly name: string;
}

export async function unitNamed(client: Client, name: string): Promise<Unit> {
  const { items } = await client.get<{ items: Unit[] }>('/units');
  const unit = items.find((each) => each.name === name);
  if (!unit) throw new Error(`the demo has no unit ${name}`);
  return unit;
}

/** An exam of three questions with one answer, two with several and one of the true-or-false kind, open for an hour. */
export async function openExam(committee: Client, unitId: string, title: string): Promise<{ id: string }> {
  const now = Date.now();
  const exam = await committee.post<{ id: string }>('/exams', {
    title,
    unitId,
    level: 'own',
    opensAt: now - minuteMs,
    closesAt: now + hourMs,
    limitMinutes: 30,
    review: 'after-close',
    paper: {
      sections: [
        { name: '单项选择题', type: 'single', count: 3, marks: 2000 },
        { name: '多项选择题', type: 'multiple', count: 1, marks: 2000 },
        { name: '判断题', type: 'true-false', count: 1, marks: 2000 },
      ],
      seed: 'walk',
    },
  });
  await committee.post(`/exams/${exam.id}/publish`);
  return exam;
}

/** A published session of the unit that has begun a moment ago, with the organiser as its host. */
export async function openSession(
  organiser: Client,
  ownerUnitId: string,
  title: string,
  { isDraft = false }: { readonly isDraft?: boolean } = {},
): Promise<{ id: string }> {
  const now = Date.now();
  const { memberId, name } = await organiser.get<{ memberId: string; name: string }>('/auth/me');
  const session = await organiser.post<{ id: string }>('/sessions', {
    title,
    ownerUnitId,
    place: '支部活动室',
    plannedStartAt: now - minuteMs,
    plannedEndAt: now + hourMs,
    people: { host: { memberId, name }, recorder: { memberId, name } },
    agenda: '学习党章总纲，交流发言',
    items: [{ type: 'member-meeting', title: '学习党章', minutes: 45 }],
  });
  if (!isDraft) await organiser.post(`/sessions/${session.id}/publish`);
  return session;
}

/** A room in its lobby with the first three published questions of one answer. */
export async function openContest(
  committee: Client,
  unitId: string,
  title: string,
): Promise<{ setId: string; roomId: string; code: string }> {
  const { items } = await committee.get<{ items: { publishedVersionId: string }[] }>(
    '/questions?type=single&state=published&limit=3',
  );
  const versionIds = items.map(({ publishedVersionId }) => publishedVersionId);
  const set = await committee.post<{ id: string }>('/live/question-sets', { title, versionIds, unitId });
  const room = await committee.post<{ id: string; code: string }>('/live/rooms', { setId: set.id, unitId, title });
  return { setId: set.id, roomId: room.id, code: room.code };
}

interface Version {
  readonly versionId: string;
}

/**
 * Puts an ordering of these things at the end of the set, in the place of its last question; the texts of the right options of
 * its multiple choice.
 */
export async function addOrdering(
  committee: Client,
  reviewer: Client,
  title: string,
  things: readonly string[],
): Promise<string[]> {
  const about = { explanation: '', source: '党史', difficulty: 1, topic: '党史' };
  const items = things.map((text) => ({ text }));
  const asked = { ...about, code: 'ORDER-1', type: 'ordering', stem: '请按时间先后排列下列会议。', items };
  const { id } = await committee.post<{ id: string }>('/questions', asked);
  await reviewer.post(`/questions/${id}/review`);
  await reviewer.post(`/questions/${id}/publish`);
  const versions = await committee.get<{ items: Version[] }>(`/questions/${id}/versions`);
  const sets = await committee.get<{ items: { id: string; title: string }[] }>('/live/question-sets');
  const path = `/live/question-sets/${sets.items.find((each) => each.title === title)!.id}`;
  const set = await committee.get<{ version: number; items: (Version & { type: string })[] }>(path);
  const versionIds = [...set.items.slice(0, -1), versions.items[0]!].map((each) => each.versionId);
  await committee.put(path, { version: set.version, title, versionIds });
  const multiple = set.items.find(({ type }) => type === 'multiple')!;
  const listed = await committee.get<{ items: { id: string; publishedVersionId: string }[] }>(
    '/questions?type=multiple&state=published&limit=200',
  );
  const question = listed.items.find((each) => each.publishedVersionId === multiple.versionId)!;
  const { body, key } = await committee.get<{
    body: { options: { id: string; text: string }[] };
    key: { optionIds: string[] };
  }>(`/questions/${question.id}`);
  return body.options.filter((option) => key.optionIds.includes(option.id)).map((option) => option.text);
}
