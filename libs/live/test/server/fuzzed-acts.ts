import type { Rng } from '@xuekao/kernel';
import { actFields } from '../../src/core/stage/index.js';
import { memberId } from './test-server.js';

/** Any act of the role, with fields that may be right. The contest goes on: it is not ended. */
export function stageAct(rng: Rng, role: keyof typeof actFields | 'screen'): Record<string, unknown> {
  const acts = Object.entries(actFields[role === 'screen' ? 'host' : role]).filter(([type]) => type !== 'end');
  // The contest is to move along meanwhile.
  const [type, shape] = role === 'host' && rng.int(3) === 0 ? ['next', {}] : acts[rng.int(acts.length)]!;
  const fields = Object.keys(shape).map((name) => [name, stageField(rng, name)] as const);
  return { type, ...Object.fromEntries(fields) };
}

function stageField(rng: Rng, name: string): unknown {
  const among = (...values: readonly unknown[]): unknown => values[rng.int(values.length)];
  switch (name) {
    case 'team':
      return among(1, 2, 3);
    case 'item':
    case 'line':
    case 'proposal':
      return 1 + rng.int(6);
    case 'round':
    case 'choice':
      return name === 'round' || rng.int(2) ? rng.int(7) : { options: [rng.int(6)] };
    case 'points':
      return rng.int(2_000) - 1_000;
    case 'discipline':
      return rng.int(2) === 0;
    case 'verdict':
      return among('right', 'wrong', 'none', 'void');
    case 'help':
      return among('help', 'pass', 'exchange');
    case 'what':
      return among('seats', 'sets');
    case 'reason':
      return '理由';
    case 'out':
    case 'in':
      return memberId(1 + rng.int(4));
    default:
      throw new Error(`No value is made for the field ${name} of a stage act`);
  }
}
