import { Injectable } from '@nestjs/common';
import type { ImportPlace, ImportRowState, QuestionMaterial } from '@xuekao/contracts';
import { isRefusal, refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { isQuestionCode } from '../core/index.js';
import type { BodyAndKey } from '../core/index.js';
import { bodyAndKeyOfFile, placeText } from '../formats/index.js';
import type { FileQuestion, ImportRow } from '../formats/index.js';
import { QuestionSimilarity } from '../question-similarity.service.js';
import { contentHashOf, stemHashOf } from '../question-rows.js';
import { QuestionStore } from '../question.store.js';
import { ImportMaterials } from './import-materials.js';
import type { ImportTwin } from './import.entity.js';
import { ImportStore, chunksOf } from './import.store.js';

export interface CheckedRow {
  readonly row: ImportRow;
  readonly state: ImportRowState;
  /** Why it is no good row, beside the faults of the reading. */
  readonly finding: Refusal | null;
  readonly stemHash: string | null;
  readonly contentHash: string | null;
  readonly twins: readonly ImportTwin[];
}

interface Hashed {
  readonly made: BodyAndKey;
  readonly stemHash: string;
  readonly contentHash: string;
}

interface Known {
  /** By stem: code and content hash of each question of the bank. */
  readonly byStem: ReadonlyMap<string, readonly { readonly code: string; readonly contentHash: string }[]>;
  readonly codes: ReadonlySet<string>;
  readonly before: ReadonlyMap<string, string>;
}

/** What stood earlier in the same import, by stem. */
export interface EarlierRow {
  readonly place: ImportPlace;
  readonly contentHash: string;
}

/** Near twins cost a comparison with the whole bank; beyond this many rows they are looked for after the import. */
const mostForTwins = 1000;

/** Gives the event loop to others between slices of a long computation. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Decides for each row whether it may be imported: against the bank, against earlier imports and within its own file. */
@Injectable()
export class ImportCheck {
  constructor(
    private readonly store: ImportStore,
    private readonly questions: QuestionStore,
    private readonly materials: ImportMaterials,
    private readonly similarity: QuestionSimilarity,
  ) {}

  async check(rows: readonly ImportRow[], earlier: ReadonlyMap<string, EarlierRow> = new Map()): Promise<CheckedRow[]> {
    const drafts = rows.flatMap((row) => row.draft ?? []);
    const materials = await this.materials.known(drafts);
    const hashed: (Hashed | null)[] = [];
    for (const slice of chunksOf(rows, 200)) {
      hashed.push(...slice.map((row) => hashedOf(row.draft, materials)));
      await breathe();
    }
    const known = await this.known(
      drafts,
      hashed.flatMap((each) => each ?? []),
    );
    const twins = await this.twins(hashed);
    const seen = new Map(earlier);
    const codes = new Set<string>();
    return rows.map((row, index) => {
      const hash = hashed[index] ?? null;
      const finding = hash ? findingOf(row, hash, known, seen, codes) : null;
      if (hash && !seen.has(hash.stemHash))
        seen.set(hash.stemHash, { place: row.place, contentHash: hash.contentHash });
      if (row.draft?.code) codes.add(row.draft.code);
      return {
        row,
        state: stateOf(row, finding),
        finding: finding?.refusal ?? null,
        stemHash: hash?.stemHash ?? null,
        contentHash: hash?.contentHash ?? null,
        twins: twins[index] ?? [],
      };
    });
  }

  private async known(drafts: readonly FileQuestion[], hashed: readonly Hashed[]): Promise<Known> {
    const rows = await this.questions.byStemHashes([...new Set(hashed.map((each) => each.stemHash))]);
    const versions = await this.questions.versionsByIds(rows.map((row) => row.headVersionId));
    const hashOf = new Map(versions.map((version) => [version.id, version.contentHash]));
    const byStem = new Map<string, { code: string; contentHash: string }[]>();
    for (const { stemHash, code, headVersionId } of rows) {
      byStem.set(stemHash, [...(byStem.get(stemHash) ?? []), { code, contentHash: hashOf.get(headVersionId) ?? '' }]);
    }
    const codes = drafts.map((draft) => draft.code).filter((code) => code !== '');
    return {
      byStem,
      codes: new Set((await this.questions.byCodes(codes)).map((row) => row.code)),
      before: await this.store.importedBefore([...new Set(hashed.map((each) => each.contentHash))]),
    };
  }

  private async twins(hashed: readonly (Hashed | null)[]): Promise<(readonly ImportTwin[])[]> {
    if (hashed.length > mostForTwins) return [];
    const places = hashed.flatMap((each, index) => (each ? [index] : []));
    const found = await this.similarity.check(places.map((index) => hashed[index]!.made));
    const twins: (readonly ImportTwin[])[] = [];
    for (const [at, index] of places.entries()) {
      twins[index] = found[at]!.filter(({ kind }) => kind === 'near').map(({ code, row, score }) => ({
        code,
        score,
        row: row === null ? null : places[row]! + 1,
      }));
    }
    return twins;
  }
}

function hashedOf(draft: FileQuestion | null, materials: ReadonlyMap<string, QuestionMaterial>): Hashed | null {
  const made = draft && bodyAndKeyOfFile(draft, ImportMaterials.of(draft, materials));
  if (!made || isRefusal(made)) return null;
  return { made, stemHash: stemHashOf(made.body), contentHash: contentHashOf(made.body, made.key) };
}

interface Finding {
  readonly state: 'known' | 'repeated' | 'conflict' | 'faulty';
  readonly refusal: Refusal;
}

function findingOf(
  { draft }: ImportRow,
  { stemHash, contentHash }: Hashed,
  known: Known,
  seen: ReadonlyMap<string, EarlierRow>,
  codes: ReadonlySet<string>,
): Finding | null {
  const twins = known.byStem.get(stemHash) ?? [];
  const same = twins.find((twin) => twin.contentHash === contentHash);
  if (same) return { state: 'known', refusal: refuse('bank.question.stem-known', { code: same.code }) };
  const before = known.before.get(contentHash);
  if (before) return { state: 'known', refusal: refuse('bank.import.imported-before', { code: before }) };
  const earlier = seen.get(stemHash);
  if (earlier) {
    const facts = { place: placeText(earlier.place) };
    return earlier.contentHash === contentHash
      ? { state: 'repeated', refusal: refuse('bank.import.repeated', facts) }
      : { state: 'conflict', refusal: refuse('bank.import.repeated-other-key', facts) };
  }
  const [other] = twins;
  if (other) return { state: 'conflict', refusal: refuse('bank.question.conflicting-key', { code: other.code }) };
  const code = draft?.code ?? '';
  if (code === '') return null;
  if (!isQuestionCode(code)) return { state: 'faulty', refusal: refuse('bank.question.code-malformed', { code }) };
  const isTaken = known.codes.has(code) || codes.has(code);
  return isTaken ? { state: 'faulty', refusal: refuse('bank.question.code-taken', { code }) } : null;
}

/** A question that the bank has is known whatever was guessed on the way; a fault comes before a guess. */
function stateOf(row: ImportRow, finding: Finding | null): ImportRowState {
  if (row.faults.length > 0 || !row.draft) return 'faulty';
  if (finding) return finding.state;
  return row.guesses.length > 0 ? 'unclear' : 'good';
}
