import ExcelJS from 'exceljs';
import { jest } from '@jest/globals';
import type { Problem } from '@xuekao/contracts';
import { addressOf, bodyOf, fieldsOf, nameOf, operations } from '../harness/api-description.js';
import type { Operation, Values } from '../harness/api-description.js';
import { Client } from '../harness/client.js';
import { foreignThings } from '../harness/foreign-things.js';
import type { ForeignThings } from '../harness/foreign-things.js';
import { topologies } from '../harness/topologies.js';
import type { Topology } from '../harness/topology.js';

jest.setTimeout(120_000);

const publicRoutes = [
  'POST /auth/sign-in',
  'POST /auth/refresh',
  'POST /auth/sign-out',
  'GET /setup',
  'POST /setup',
  'GET /certificates/{code}',
  'GET /live/screen/pictures/{picture}',
];
const guarded = operations.filter((operation) => operation['x-access'].kind !== 'public');
const permitted = guarded.filter((operation) => operation['x-access'].kind === 'permission');
const byName = (list: readonly Operation[]) => list.map((operation) => [nameOf(operation), operation] as const);

/** Questions, handbook and rules of hours belong to the whole bureau: their ids are in nobody's scope. */
const isCommon = ({ path }: Operation): boolean =>
  /^\/(questions|question-materials|handbook\/entries|live\/join)\//.test(path);

const foreignFields = ['unitId', 'ownerUnitId', 'parentId', 'toUnitId', 'memberId', 'memberIds', 'partyUnitId'];
const businessPath =
  /^\/(exams|attempts|papers|external-exams|sessions|my|me|marking|regrades|appeals|live|stats|reports|questions|study-hours-rules)\b/;
/** Of the asker alone, empty for who is no player. */
const isOwnPage = ({ path }: Operation): boolean => /^\/live\/battles\/(mine|place)$/.test(path);
const validQuery = ({ path }: Operation): Values => ({
  year: 2017,
  ...(path === '/sessions/calendar' ? { month: '2026-11' } : {}),
  ...(path === '/handbook/search' ? { q: '党' } : {}),
});
/** Fields whose form the API description does not tell. */
const validBody: Values = {
  mode: 'all',
  from: '2026-01-01',
  on: '2026-01-01',
  validFrom: '2026-01-01',
  heldOn: '2026-06-01',
  opensAt: Date.now(),
  closesAt: Date.now() + 3_600_000,
  plannedStartAt: Date.now(),
  plannedEndAt: Date.now() + 3_600_000,
  sections: [{ name: '单选', type: 'single', count: 1, marks: 100 }],
  content: { kind: 'choice', optionIds: ['a'] },
  answers: [],
  choice: { options: [0] },
  sheetId: 'branch',
  sheet: {},
  teams: [],
  piles: [],
  judges: [],
};

/** Routes that say more than "not found" to a member who came by a link or a code, or that succeed in doing nothing. */
const toldApart: Readonly<Record<string, string>> = {
  'POST /exams/{id}/attempts': 'exam.attempt.not-on-roster',
  'POST /live/rooms/{id}/answers': 'live.seat.unknown',
  'GET /live/rooms/{id}/view': 'live.seat.unknown',
  'GET /live/rooms/{id}/pictures/{picture}': 'live.seat.unknown',
  'GET /live/stages/{id}/view': 'live.seat.unknown',
  'GET /live/stages/{id}/pictures/{picture}': 'live.seat.unknown',
  'GET /live/stages/{id}/more': 'live.seat.unknown',
  'DELETE /handbook/notes/{id}': '',
};

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly code: string;
  readonly text: string;
}

describe.each(topologies)('who may see what on $name', ({ start }) => {
  let app: Topology;
  let things: ForeignThings;
  const people = new Map<string, { client: Client; permissions: ReadonlySet<string> }>();

  beforeAll(async () => {
    app = await start();
    for (const [who, password] of app.passwords) {
      const client = await Client.signIn(app.url, who, password);
      const { permissions } = await client.get<{ permissions: string[] }>('/auth/me');
      people.set(who, { client, permissions: new Set(permissions) });
    }
    const as = (who: string): Client => people.get(who)!.client;
    things = await foreignThings(as('committee'), as('sysadmin'), as('member2'));
  });
  afterAll(async () => {
    if (process.env.DEBUG_APP) process.stdout.write(app.output());
    await app?.stop();
  });

  const call = async (who: string | null, operation: Operation, values: Values = {}): Promise<Answer> => {
    const body = bodyOf(operation, values);
    const token = who && people.get(who)!.client.token;
    const response = await fetch(`${app.url}/api/v1${addressOf(operation, values)}`, {
      method: operation.method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const type = response.headers.get('content-type') ?? '';
    const text = type.includes('spreadsheetml') ? await cellsOf(bytes) : bytes.toString();
    const code = type.includes('problem+json') ? (JSON.parse(text) as Problem).code : '';
    return { status: response.status, type, code, text };
  };
  const foreignValues = (operation: Operation): Values => {
    const found = things.byPath.find(([path]) => operation.path.startsWith(path));
    if (!found) throw new Error(`No foreign id is known for ${nameOf(operation)}`);
    return found[1];
  };
  const lacks = (who: string, { 'x-access': access }: Operation): boolean =>
    access.kind === 'permission' && !access.anyOf.some((name) => people.get(who)!.permissions.has(name));
  const leaks = (text: string): string[] => things.markers.filter((marker) => text.includes(marker));

  it('has these public routes and no others', () => {
    const open = operations.filter((operation) => operation['x-access'].kind === 'public').map(nameOf);
    expect(open.sort()).toEqual([...publicRoutes].sort());
  });

  it.each(byName(guarded))('%s asks for a token', async (_name, operation) => {
    const answer = await call(null, operation);
    expect(answer).toMatchObject({ status: 401, code: 'auth.required' });
    expect(answer.type).toContain('application/problem+json');
  });

  it.each(byName(permitted))('%s is forbidden to whoever lacks its permission', async (_name, operation) => {
    for (const who of ['member', 'organiser', 'sysadmin', 'secadmin', 'auditor']) {
      if (!lacks(who, operation)) continue;
      const answer = await call(who, operation, { mode: 'all' });
      expect({ who, code: answer.code, status: answer.status }).toEqual({ who, code: 'auth.forbidden', status: 403 });
    }
  });

  const withIds = guarded.filter((operation) => operation.path.includes('{') && !isCommon(operation));
  it.each(byName(withIds))("%s does not find what is outside the organiser's scope", async (_name, operation) => {
    const answer = await call('organiser', operation, { ...validBody, ...foreignValues(operation) });
    expect(leaks(answer.text)).toEqual([]);
    const wanted = lacks('organiser', operation) ? 'auth.forbidden' : 'resource.not-found';
    expect(answer).toMatchObject({ code: toldApart[nameOf(operation)] ?? wanted });
  });

  const lists = guarded.filter(
    ({ method, path, 'x-access': access }) => method === 'GET' && !path.includes('{') && access.kind !== 'public',
  );
  it.each(byName(lists))(
    '%s shows nothing from outside to organiser, member and administrators',
    async (_name, operation) => {
      for (const who of ['organiser', 'member', 'sysadmin', 'secadmin', 'auditor']) {
        for (const values of [{}, { unitId: things.unit.id }, { ownerUnitId: things.unit.id }, { q: '机密' }]) {
          const unused = Object.keys(values).some((name) => !operation.parameters?.some((each) => each.name === name));
          if (unused || lacks(who, operation) || isOwnBusiness(who, operation)) continue;
          const { text, status } = await call(who, operation, { ...validQuery(operation), ...values });
          expect({ who, status, leaks: leaks(text.replaceAll(JSON.stringify(values), '')) }).toMatchObject({
            leaks: [],
          });
          expect([200, 404]).toContain(status);
        }
      }
    },
  );

  const makers = guarded.filter(
    (operation) => !operation.path.includes('{') && fieldsOf(operation).some((name) => foreignFields.includes(name)),
  );
  it.each(byName(makers))("%s makes nothing outside the organiser's scope", async (_name, operation) => {
    const { id: unitId } = things.unit;
    const foreign: Values = {
      unitId,
      ownerUnitId: unitId,
      parentId: unitId,
      toUnitId: unitId,
      partyUnitId: unitId,
      memberId: things.member.id,
      memberIds: [things.member.id],
      setId: things.setId,
    };
    const answer = await call('organiser', operation, { ...validBody, ...foreign });
    const wanted = lacks('organiser', operation) ? 'auth.forbidden' : 'resource.not-found';
    expect(answer).toMatchObject({ code: wanted });
  });

  it('leaves a note alone that another one tried to delete', async () => {
    const { items } = await people.get('member2')!.client.get<{ items: { text: string }[] }>('/handbook/notes');
    expect(items).toHaveLength(1);
  });

  it.each(['sysadmin', 'secadmin', 'auditor'])('%s gets no business data by any route', async (who) => {
    const business = guarded.filter((operation) => businessPath.test(operation.path) && !isOwnPage(operation));
    expect(business.length).toBeGreaterThan(60);
    const given: string[] = [];
    for (const operation of business) {
      if (operation.method !== 'GET') continue;
      const values = operation.path.includes('{') && !isCommon(operation) ? foreignValues(operation) : {};
      const { status, text } = await call(who, operation, { ...validQuery(operation), ...values });
      if (status === 200 && !isEmptyList(text)) given.push(`${nameOf(operation)} ${text.slice(0, 200)}`);
    }
    expect(given).toEqual([]);
  });
});

/** The system administrator keeps units and people: their names are his work. */
function isOwnBusiness(who: string, { path }: Operation): boolean {
  if (who === 'auditor') return path.startsWith('/audit');
  return who.endsWith('admin') && /^\/(units|members|transfers|roles|exemptions|accounts)\b/.test(path);
}

function isEmptyList(text: string): boolean {
  const { items, credits } = JSON.parse(text) as { items?: unknown[]; credits?: unknown[] };
  return (items ?? credits)?.length === 0;
}

async function cellsOf(file: Buffer): Promise<string> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(file as never);
  return JSON.stringify(workbook.worksheets.map((sheet) => sheet.getSheetValues()));
}
