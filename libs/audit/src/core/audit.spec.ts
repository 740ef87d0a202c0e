import { createHash } from 'node:crypto';
import { append, canonicalForm, emptyChain, entryOf, factsOf, resultOf, verifyChain, verifyEnd } from './index.js';
import type { AuditedEvent, AuditRecord } from './index.js';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

const anEvent = (over: Partial<AuditedEvent> = {}): AuditedEvent => ({
  id: 'event-1',
  type: 'session.published',
  subjectType: 'session',
  subjectId: 'session-1',
  unitId: 'unit-1',
  actorAccountId: 'account-1',
  actorMemberId: 'member-1',
  actorName: '张三',
  reason: null,
  payload: { title: '十一月学习', place: '二楼会议室' },
  at: 1_511_334_000_000,
  ...over,
});

function chainOf(count: number): AuditRecord[] {
  const records: AuditRecord[] = [];
  for (let i = 1; i <= count; i++) {
    const last = records.at(-1);
    records.push(append(last ?? emptyChain, entryOf(anEvent({ id: `event-${i}`, at: i })), digest));
  }
  return records;
}

describe('an audit record', () => {
  it('tells who did what when, with the recorded part of the payload', () => {
    expect(entryOf(anEvent())).toEqual({
      eventId: 'event-1',
      at: 1_511_334_000_000,
      actorAccountId: 'account-1',
      actorMemberId: 'member-1',
      actorName: '张三',
      type: 'session.published',
      subjectType: 'session',
      subjectId: 'session-1',
      unitId: 'unit-1',
      result: 'done',
      reason: null,
      facts: { title: '十一月学习' },
    });
  });

  it.each([
    ['auth.sign-in.refused', 'refused'],
    ['auth.account.locked', 'refused'],
    ['report.export-failed', 'failed'],
    ['exam.attempt.handed-in', 'done'],
    ['auth.signed-in', 'done'],
  ])('reads the result of %s as %s', (type, result) => {
    expect(resultOf(type)).toBe(result);
  });

  it('keeps answers, passwords, phones and unknown fields out', () => {
    const payload = { answers: ['A'], password: 'x', token: 't', phone: '1', nested: { a: 1 }, examId: 'e', key: 'B' };
    expect(factsOf('exam.attempt.handed-in', payload)).toEqual({ examId: 'e' });
    expect(factsOf('unheard.of', { title: '标题', count: 3 })).toEqual({ count: 3 });
    expect(factsOf('exam.closed', null)).toEqual({});
    expect(factsOf('constructor.x', { count: 1 })).toEqual({ count: 1 });
  });

  it('flattens counts and tells long lists by their length', () => {
    const memberIds = Array.from({ length: 30 }, (_, i) => `m${i}`);
    expect(factsOf('session.published', { memberIds, counts: { present: 3, names: ['a'], 张三: 1 } })).toEqual({
      memberIds: 30,
      'counts.present': 3,
    });
    expect(factsOf('session.published', { memberIds: ['m1', 'm2'] })).toEqual({ memberIds: ['m1', 'm2'] });
  });

  it('has one canonical form whatever the order of its facts', () => {
    const [record] = chainOf(1);
    const one = { ...record!, facts: { a: 1, b: '二' } };
    const other = { ...record!, facts: { b: '二', a: 1 } };
    expect(canonicalForm(one)).toBe(canonicalForm(other));
  });

  it('gives the first record of a known chain this hash for ever', () => {
    expect(chainOf(1)[0]!.hash).toBe('5878b9dbcb8a0329fb7d016dec04b52ced614f5afa99b646c2e5f98620cb26b5');
  });
});

describe('the chain', () => {
  it('is whole as it was written', () => {
    const rows = chainOf(5);
    expect(verifyChain(rows, digest)).toEqual({ kind: 'whole', head: { number: 5, hash: rows[4]!.hash } });
    expect(verifyChain([], digest)).toEqual({ kind: 'whole', head: emptyChain });
  });

  it('names a changed row', () => {
    const rows = chainOf(5).map((row) => (row.number === 3 ? { ...row, actorName: '李四' } : row));
    expect(verifyChain(rows, digest)).toEqual({ kind: 'broken', number: 3, fault: 'changed' });
  });

  it('names a removed row', () => {
    const rows = chainOf(5).filter((row) => row.number !== 2);
    expect(verifyChain(rows, digest)).toEqual({ kind: 'broken', number: 2, fault: 'removed' });
  });

  it('names the first of two rows whose numbers were exchanged', () => {
    const rows = chainOf(5);
    const exchanged = [rows[0]!, { ...rows[3]!, number: 2 }, rows[2]!, { ...rows[1]!, number: 4 }, rows[4]!];
    expect(verifyChain(exchanged, digest)).toEqual({ kind: 'broken', number: 2, fault: 'swapped' });
    const moved = [rows[1]!, rows[0]!, rows[2]!];
    expect(verifyChain(moved, digest)).toEqual({ kind: 'broken', number: 1, fault: 'swapped' });
  });

  it('finds a row that was replaced together with its hash at the row after it', () => {
    const rows = chainOf(5);
    const forged = append(rows[1]!, entryOf(anEvent({ id: 'event-3', actorName: '李四' })), digest);
    const verdict = verifyChain([rows[0]!, rows[1]!, forged, rows[3]!, rows[4]!], digest);
    expect(verdict).toEqual({ kind: 'broken', number: 4, fault: 'unlinked' });
  });

  it('finds a cut or replaced end by the head that is stored apart', () => {
    const rows = chainOf(5);
    const head = { number: 5, hash: rows[4]!.hash };
    expect(verifyEnd({ number: 3, hash: rows[2]!.hash }, head)).toEqual({
      kind: 'broken',
      number: 4,
      fault: 'removed',
    });
    expect(verifyEnd({ number: 5, hash: 'f'.repeat(64) }, head)).toMatchObject({ number: 5, fault: 'unlinked' });
    expect(verifyEnd(head, head)).toEqual({ kind: 'whole', head });
  });
});
