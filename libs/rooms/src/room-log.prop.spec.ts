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

  it('finds any changed, removed or swapped row', () => {
    fc.assert(
      fc.property(payloads, fc.nat(), fc.constantFrom('change', 'remove', 'swap'), (texts, pick, how) => {
        const rows = logOf(texts);
        const head = headOf(rows);
        const at = pick % rows.length;
        const other = (at + 1) % rows.length;
        if (how === 'change') rows[at] = { ...rows[at]!, payload: `${rows[at]!.payload}x` };
        if (how === 'remove') rows.splice(at, 1);
        if (how === 'swap') [rows[at], rows[other]] = [rows[other]!, rows[at]!];
        expect(verifyLog('room', rows, head).ok).toBe(false);
      }),
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
