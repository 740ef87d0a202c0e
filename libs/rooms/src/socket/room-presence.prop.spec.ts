import fc from 'fast-check';
import { noteOf, RoomPresence } from './room-presence.js';
import type { Present } from './room-presence.js';

const person = fc
  .integer({ min: 0, max: 400 })
  .map((number) => `0199a000-0000-7000-8000-${String(number).padStart(12, '0')}`);
const persons = fc.array(person, { maxLength: 30 }).map((list) => new Set(list));
const present: fc.Arbitrary<Present> = fc.record({ player: persons, host: persons }, { requiredKeys: [] });
const overTheWire = (given: Present) => JSON.parse(JSON.stringify(noteOf(given))) as ReturnType<typeof noteOf>;

describe('who is online in a room of several nodes', () => {
  it('is the union of what the nodes say last, each person once', () => {
    fc.assert(
      fc.property(
        present,
        fc.array(fc.tuple(fc.constantFrom('b', 'c', 'd'), present), { maxLength: 12 }),
        (here, said) => {
          const presence = new RoomPresence();
          presence.setHere(here);
          for (const [node, there] of said) presence.hear(node, overTheWire(there), 1);
          const last = [here, ...new Map(said).values()];
          for (const audience of ['player', 'host']) {
            const all = new Set(last.flatMap((one) => [...(one[audience] ?? [])]));
            expect(presence.online()[audience] ?? 0).toBe(all.size);
          }
        },
      ),
    );
  });

  it('forgets with a node that fell silent all who were there, and never those who are here', () => {
    const presence = new RoomPresence();
    presence.setHere({ player: new Set(['m1']) });
    presence.hear('b', noteOf({ player: new Set(['m1', 'm2']), host: new Set(['h1']) }), 1_000);
    presence.hear('c', noteOf({ player: new Set(['m3']) }), 6_000);
    expect(presence.online()).toEqual({ player: 3, host: 1 });
    presence.forgetBefore(1_000);
    expect(presence.online()).toEqual({ player: 3, host: 1 });
    presence.forgetBefore(5_000);
    expect(presence.online()).toEqual({ player: 2 });
  });

  it('takes fifty kilobytes for ten thousand phones', () => {
    const player = new Set(Array.from({ length: 10_000 }, (_, number) => `0199a000-0000-7000-8000-${number}`));
    expect(JSON.stringify(noteOf({ player })).length).toBeLessThan(54_000);
  });
});
