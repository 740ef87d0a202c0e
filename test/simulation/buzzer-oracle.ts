import type { FoulPolicy } from '@xuekao/contracts';
import type { Rng } from '@xuekao/kernel';

/** A round as it came over the wire: per question the opening, and the presses in the order of their arrival. */
export interface Trace {
  readonly policy: FoulPolicy;
  readonly teams: readonly string[];
  readonly questions: readonly {
    readonly openAt: number;
    readonly presses: readonly TracePress[];
  }[];
}
export interface TracePress {
  readonly team: string;
  readonly arrivedAt: number;
  readonly claimedAt: number;
  readonly rttMs: number;
}

export interface FoulRecord {
  readonly question: number;
  readonly team: string;
  readonly earlyMs: number;
  readonly points: number;
}

export function aTrace(rng: Rng): Trace {
  const policy = (['V1', 'V2', 'V3', 'V4', 'V5'] as const)[rng.int(5)]!;
  const teams = Array.from({ length: 2 + rng.int(7) }, (_, index) => `t${index}`);
  const questions = Array.from({ length: 1 + rng.int(6) }, (_, index) => {
    const openAt = 1_000_000 * (index + 1);
    const presses = Array.from({ length: rng.int(2 * teams.length + 1) }, () => {
      const arrivedAt = openAt - 380 + rng.int(800);
      const forged = rng.int(4) === 0 ? rng.int(10_001) - 5_000 : -rng.int(300);
      return { team: teams[rng.int(teams.length)]!, arrivedAt, claimedAt: arrivedAt + forged, rttMs: 2 * rng.int(301) };
    });
    return { openAt, presses: presses.toSorted((a, b) => a.arrivedAt - b.arrivedAt) };
  });
  return { policy, teams, questions };
}

const fine: Readonly<Record<FoulPolicy, (nth: number) => number>> = {
  V1: () => -1000,
  V2: () => -1000,
  V3: (nth) => (nth === 1 ? 0 : -2000),
  V4: (nth) => (nth === 2 ? -2000 : 0),
  V5: () => 0,
};

/** The rule text read once more, press by press, without the machine: who fouled, how early, and what it costs. */
export function foulsByOracle(trace: Trace): FoulRecord[] {
  const fouls: FoulRecord[] = [];
  const nth = new Map<string, number>();
  const credit = new Map(trace.teams.map((team) => [team, 250]));
  const gone = new Set<string>();
  for (const [question, { openAt, presses }] of trace.questions.entries()) {
    if (trace.teams.every((team) => gone.has(team))) break;
    for (const team of trace.teams) if (!gone.has(team)) credit.set(team, Math.min(250, credit.get(team)! + 170));
    const out = new Set(gone);
    const pressed = new Set<string>();
    let stopped = false;
    let firstArrival = Infinity;
    for (const { team, arrivedAt, claimedAt, rttMs } of presses) {
      const decided = arrivedAt >= firstArrival + 250 + 40;
      if (stopped || decided || out.has(team) || pressed.has(team)) continue;
      const earliest = Math.max(arrivedAt - rttMs / 2, arrivedAt - 250, arrivedAt - credit.get(team)!);
      const pressedAt = Math.min(arrivedAt, Math.max(claimedAt, earliest));
      if (pressedAt >= openAt) {
        if (arrivedAt > firstArrival + 250) continue;
        pressed.add(team);
        credit.set(team, credit.get(team)! - (arrivedAt - pressedAt));
        firstArrival = Math.min(firstArrival, arrivedAt);
        continue;
      }
      const count = (nth.get(team) ?? 0) + 1;
      nth.set(team, count);
      fouls.push({ question, team, earlyMs: openAt - pressedAt, points: fine[trace.policy](count) });
      if (trace.policy === 'V5') continue;
      out.add(team);
      if (trace.policy === 'V4' && count >= 3) gone.add(team);
      stopped = trace.policy === 'V1' || trace.teams.every((other) => out.has(other));
    }
  }
  return fouls;
}
