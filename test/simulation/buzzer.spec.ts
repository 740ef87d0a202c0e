import { seededRng } from '@xuekao/kernel';
import { fairness } from './buzzer-duel.js';
import { forgedRaces, forgeries } from './buzzer-forgery.js';
import { agreement } from './buzzer-fouls.js';
import { hallLinks } from './buzzer-links.js';

/** The short form of `npm run bench:buzzer`: seeded, so that it says the same every time. */
describe('the buzzer over links of 10 to 300 ms', () => {
  it('finds the first of two to eight teams when 30 ms or more lie between them', () => {
    const rng = seededRng('fair');
    const { races, right, firstPacketRight } = fairness(rng, 1_500, hallLinks, () => 30 + rng.next() * 170);
    expect(right / races).toBeGreaterThanOrEqual(0.99);
    expect(right).toBeGreaterThan(firstPacketRight);
  });

  it('calls nearly all gaps of less than 15 ms too close, and names few wrong winners without saying so', () => {
    const rng = seededRng('close');
    const { races, tooClose, wrong } = fairness(rng, 500, hallLinks, () => rng.next() * 15);
    expect(tooClose / races).toBeGreaterThan(0.7);
    expect(wrong / races).toBeLessThan(0.03);
  });

  it.each(Object.entries(forgeries))('gives nothing to one who %s', (name, forge) => {
    expect(forgedRaces(seededRng(name), 1_000, hallLinks, forge)).toMatchObject({ won: 0 });
  });

  it('finds the fouls that the rule text gives, for every policy', () => {
    const { disagreements, firstDisagreement, fouls } = agreement(seededRng('fouls'), 2_000);
    expect(firstDisagreement).toBeNull();
    expect(disagreements).toBe(0);
    expect(fouls).toBeGreaterThan(2_000);
  });
});
