// npm run bench:buzzer: winners, forgeries and fouls over simulated links, beside the rule "the first packet wins".
import { seededRng } from '@xuekao/kernel';
import { fairness } from './buzzer-duel.js';
import { forgedRaces, forgeries, remainingEdge } from './buzzer-forgery.js';
import { agreement } from './buzzer-fouls.js';
import { hallLinks } from './buzzer-links.js';

interface Check {
  readonly name: string;
  readonly value: number;
  readonly limit: number | null;
  readonly unit: string;
  readonly floor: number | null;
  readonly ok: boolean;
}

const quick = process.argv.includes('--quick');
const seedAt = process.argv.indexOf('--seed');
const seed = seedAt > 0 ? process.argv[seedAt + 1]! : '1';
const races = quick ? 3_000 : 10_000;
const percent = (share: number, whole: number): number => Math.round((share / whole) * 10_000) / 100;
const checks: Check[] = [];
const atLeast = (name: string, value: number, limit: number, floor: number | null = null): void =>
  void checks.push({ name, value, limit, unit: '%', floor, ok: value >= limit });
const exactly = (name: string, value: number, limit: number, unit: string): void =>
  void checks.push({ name, value, limit, unit, floor: null, ok: value === limit });
const shown = (name: string, value: number, unit: string, floor: number | null = null): void =>
  void checks.push({ name, value, limit: null, unit, floor, ok: true });

const rng = seededRng(`buzzer ${seed}`);
const wide = fairness(rng, races, hallLinks, () => 30 + rng.next() * 170);
atLeast('right winner, gaps 30–200 ms', percent(wide.right, races), 99, percent(wide.firstPacketRight, races));
const least = fairness(rng, races, hallLinks, () => 30);
shown('right winner, gaps of 30 ms', percent(least.right, races), '%', percent(least.firstPacketRight, races));
shown('  of these left to the host', percent(least.tooClose, races), '%');
const close = fairness(rng, races, hallLinks, () => rng.next() * 15);
shown('gaps under 15 ms called too close', percent(close.tooClose, races), '%');
shown(
  '  wrong winner named without saying so',
  percent(close.wrong, races),
  '%',
  percent(races - close.firstPacketRight, races),
);
const jittery = fairness(rng, races, { ...hallLinks, jitterMostMs: 40 }, () => 30 + rng.next() * 170);
shown(
  'right winner, jitter of up to 40 ms on average',
  percent(jittery.right, races),
  '%',
  percent(jittery.firstPacketRight, races),
);
const lopsided = fairness(rng, races, { ...hallLinks, asymmetry: 0.2 }, () => 30 + rng.next() * 170);
shown(
  'right winner, one way up to 60 % of the trip',
  percent(lopsided.right, races),
  '%',
  percent(lopsided.firstPacketRight, races),
);
for (const [name, forge] of Object.entries(forgeries)) {
  const { won } = forgedRaces(rng, races, hallLinks, forge);
  exactly(`won by one who ${name}`, won, 0, `of ${races}`);
}
const edge = forgedRaces(rng, races, hallLinks, remainingEdge);
shown('won by a program that plays a slow link from its first answer on', percent(edge.won, races), '%');
const fouls = agreement(rng, races);
atLeast(`fouls as the oracle finds them (${fouls.fouls} fouls)`, percent(races - fouls.disagreements, races), 100);

const cell = (value: number | null): string => (value === null ? '' : String(value));
for (const { name, value, limit, unit, floor, ok } of checks) {
  const cells = [name.padEnd(66), `${value} ${unit}`.padEnd(16), cell(limit).padEnd(6), cell(floor).padEnd(8)];
  process.stdout.write(`${cells.join(' ')}${ok ? '' : ' FAILED'}\n`);
}
process.stdout.write(`${JSON.stringify({ bench: 'buzzer', checks })}\n`);
process.exitCode = checks.every((check) => check.ok) ? 0 : 1;
