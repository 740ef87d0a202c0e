import type { AuditFault } from '@xuekao/contracts';
import { auditGenesis } from '@xuekao/contracts';
import type { AuditEntry } from './record.js';

/** An entry in its place: number from 1 without gaps, and the hash that binds it to the record before. */
export interface AuditRecord extends AuditEntry {
  readonly number: number;
  readonly previousHash: string;
  /** SHA-256 over {@link canonicalForm}, in hexadecimal. */
  readonly hash: string;
}

/** Number and hash of the newest record; number 0 and the genesis hash before the first. */
export interface ChainHead {
  readonly number: number;
  readonly hash: string;
}

/** SHA-256 of a UTF-8 text, in hexadecimal. */
export type Digest = (text: string) => string;

export const emptyChain: ChainHead = { number: 0, hash: auditGenesis };

/** One text for one record: a JSON array in fixed order, facts with sorted keys. Changing it breaks every stored chain. */
export function canonicalForm(record: Omit<AuditRecord, 'hash'>): string {
  const facts = Object.entries(record.facts).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return JSON.stringify([
    'xuekao-audit-1',
    record.number,
    record.previousHash,
    record.eventId,
    record.at,
    record.actorAccountId,
    record.actorMemberId,
    record.actorName,
    record.type,
    record.subjectType,
    record.subjectId,
    record.unitId,
    record.result,
    record.reason,
    facts,
  ]);
}

/** The record that continues the chain after `head`. */
export function append(head: ChainHead, entry: AuditEntry, digest: Digest): AuditRecord {
  const record = { ...entry, number: head.number + 1, previousHash: head.hash };
  return { ...record, hash: digest(canonicalForm(record)) };
}

export type ChainVerdict =
  | { readonly kind: 'whole'; readonly head: ChainHead }
  | { readonly kind: 'broken'; readonly number: number; readonly fault: AuditFault };

/**
 * Checks rows that ought to follow `after`, in order of their number. Names the first broken record: `changed` (its
 * content does not give its hash), `swapped` (it carries another record's number), `removed` (it is not there),
 * `unlinked` (it does not follow the one before, which was replaced as a whole).
 */
export function verifyChain(rows: readonly AuditRecord[], digest: Digest, after: ChainHead = emptyChain): ChainVerdict {
  let head = after;
  for (const row of rows) {
    const fault = faultOf(row, head, rows, digest);
    if (fault) return { kind: 'broken', number: head.number + 1, fault };
    head = { number: row.number, hash: row.hash };
  }
  return { kind: 'whole', head };
}

function faultOf(
  row: AuditRecord,
  head: ChainHead,
  rows: readonly AuditRecord[],
  digest: Digest,
): AuditFault | undefined {
  const expected = head.number + 1;
  if (row.number !== expected) return rows.some((each) => each.number === expected) ? 'swapped' : 'removed';
  if (digest(canonicalForm(row)) !== row.hash) {
    const isOthers = rows.some(({ number }) => digest(canonicalForm({ ...row, number })) === row.hash);
    return isOthers ? 'swapped' : 'changed';
  }
  return row.previousHash === head.hash ? undefined : 'unlinked';
}

/** The last step: the chain must end in the head that was stored apart from it. */
export function verifyEnd(reached: ChainHead, stored: ChainHead): ChainVerdict {
  if (reached.number < stored.number) return { kind: 'broken', number: reached.number + 1, fault: 'removed' };
  if (reached.number > stored.number || reached.hash !== stored.hash) {
    return { kind: 'broken', number: reached.number, fault: 'unlinked' };
  }
  return { kind: 'whole', head: reached };
}
