import 'reflect-metadata';
import fc from 'fast-check';
import { validated } from '@xuekao/platform';
import { glanceAtAnswer, glanceAtResume, glanceAtTime } from './glances.js';
import { AnswerDto, ResumeDto, TimeSyncDto } from './messages.dto.js';

const oddValue = fc.oneof(
  fc.constantFrom(null, undefined, true, '', ' ', '甲\u0007', '\ud800', -1, -0, 1.5, 1e21, NaN, 'x'.repeat(201)),
  fc.string(),
  fc.integer(),
  fc.array(fc.oneof(fc.integer(), fc.string()), { maxLength: 25 }),
  fc.object({ maxDepth: 1, maxKeys: 2 }),
);
/** A well-formed body, of which one part may be replaced, dropped or joined by another. */
const bent = (body: fc.Arbitrary<object>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 3, arbitrary: body },
    fc.tuple(body, fc.nat(), oddValue).map(([given, at, odd]) => {
      const keys = [...Object.keys(given), 'isAdmin', '__proto__'];
      const key = keys[at % keys.length]!;
      return Object.defineProperty({ ...given }, key, {
        value: odd,
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }),
    oddValue,
  );

const text = fc.oneof(fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }), fc.constant('为人民服务'));
const choice = bent(
  fc.oneof(
    fc.record({ options: fc.array(fc.nat(), { maxLength: 22 }) }),
    fc.record({ blanks: fc.array(text, { maxLength: 22 }) }),
    fc.record({ options: fc.array(fc.nat()), blanks: fc.array(text) }),
  ),
) as fc.Arbitrary<object>;
const answer = bent(
  fc.record({ commandId: fc.uuid(), roomId: fc.uuid(), question: fc.nat(1200), choice }) as fc.Arbitrary<object>,
);
const resume = bent(
  fc.record({ roomId: fc.uuid(), role: fc.constantFrom('player', 'host', 'screen', 'judge'), lastSeq: fc.nat() }),
);
const time = bent(fc.record({ sentAt: fc.oneof(fc.double(), fc.nat()) }));

/** As it comes from the wire: plain objects of JSON, made anew for each reader. */
const fromWire = (body: unknown): unknown => JSON.parse(JSON.stringify(body ?? null)) as unknown;

const agrees = async (body: unknown, glance: (given: unknown) => unknown, type: new () => object): Promise<boolean> => {
  const read = glance(fromWire(body));
  if (read === undefined) return false;
  expect({ ...(await validated(fromWire(body), type)) }).toEqual(read);
  return true;
};

describe('a body read at a glance', () => {
  it.each([
    ['answer', answer, glanceAtAnswer, AnswerDto],
    ['resume', resume, glanceAtResume, ResumeDto],
    ['time', time, glanceAtTime, TimeSyncDto],
  ] as const)('is what its class would have made of it: %s', async (_name, bodies, glance, type) => {
    let read = 0;
    await fc.assert(
      fc.asyncProperty(bodies as fc.Arbitrary<unknown>, async (body) => {
        if (await agrees(body, glance, type)) read += 1;
      }),
      { numRuns: 400 },
    );
    expect(read).toBeGreaterThan(50);
  });

  it('is the usual body of a phone', () => {
    const [commandId, roomId] = ['01910000-0000-7000-8000-000000000001', '01910000-0000-7000-8000-000000000002'];
    for (const given of [{ options: [0, 2] }, { blanks: ['初心', '使命'] }]) {
      const body = { commandId, roomId, question: 3, choice: given };
      expect(glanceAtAnswer(body)).toBe(body);
    }
    expect(glanceAtResume({ roomId, role: 'player', lastSeq: 4 })).toBeDefined();
    expect(glanceAtTime({})).toBeDefined();
  });
});
