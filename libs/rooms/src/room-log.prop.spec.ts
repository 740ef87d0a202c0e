import fc from 'fast-check';
import { genesisHash, rowHash, verifyLog } from './room-log.js';
import type { LogRow } from './room-log.js';

function logOf(payloads: readonly string[]): LogRow[] {
  let hash = genesisHash('room');
  return payloads.map((payload, index) => {
    const draft = { roomId: 'room', seq: index + 1, epoch: 1, at: 1000 + index, payload };
    hash = rowHash(hash, draft);
    return { ...draft, hash };
  });
}
const headOf = (rows: readonly LogRow[]) => ({ seq: rows.length, hash: rows.at(-1)?.hash ?? genesisHash('room') });
const payloads = fc.array(fc.string(), { minLength: 2, maxLength: 12 });

describe('verifyLog', () => {
  it('accepts every log as it was written', () => {
    fc.assert(fc.property(payloads, (texts) => verifyLog('room', logOf(texts), headOf(logOf(texts))).ok));
  });

  it('tells which row was changed, removed, swapped or cut off', () => {
    fc.assert(
      fc.property(
        payloads,
        fc.nat(),
        fc.constantFrom('change' as const, 'remove' as const, 'swap' as const),
        (texts, pick, how) => {
          const rows = logOf(texts);
          const head = headOf(rows);
          const at = pick % rows.length;
          const other = (at + 1) % rows.length;
          if (how === 'change') rows[at] = { ...rows[at]!, payload: `${rows[at]!.payload}x` };
          if (how === 'remove') rows.splice(at, 1);
          if (how === 'swap') {
            rows[at] = { ...rows[at]!, seq: other + 1 };
            rows[other] = { ...rows[other]!, seq: at + 1 };
            rows.sort((a, b) => a.seq - b.seq);
          }
          const first = how === 'swap' ? Math.min(at, other) : at;
          const removed = at === texts.length - 1 ? 'cut-off' : 'removed';
          const reason = { change: 'changed', remove: removed, swap: 'swapped' }[how];
          expect(verifyLog('room', rows, head)).toEqual({ ok: false, seq: first + 1, reason });
        },
      ),
    );
  });

  it('finds a chain forged anew from any row on, by the head kept elsewhere', () => {
    fc.assert(
      fc.property(payloads, fc.nat(), (texts, pick) => {
        const head = headOf(logOf(texts));
        const forged = texts.map((text, index) => (index === pick % texts.length ? `${text}!` : text));
        expect(verifyLog('room', logOf(forged), head)).toMatchObject({ ok: false, reason: 'head' });
      }),
    );
  });
});
