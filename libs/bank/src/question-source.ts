import { Injectable } from '@nestjs/common';
import type { PictureType, QuestionBody, QuestionType, RecheckReason } from '@xuekao/contracts';
import type { QuestionKey } from './core/index.js';
import { PictureStore } from './picture.store.js';
import { QuestionStore } from './question.store.js';

/** A published question without its text: enough to draw papers and rounds from. */
export interface PublishedQuestion {
  readonly questionId: string;
  readonly versionId: string;
  readonly code: string;
  readonly type: QuestionType;
  readonly topic: string;
  readonly difficulty: number;
  /** Hundredths: what the paper it came from gave for it; null where nobody said. */
  readonly suggestedMarks: number | null;
  readonly factId: string | null;
  readonly entryKey: string | null;
  /** Questions of one material belong together, in order of their places. */
  readonly materialId: string | null;
  readonly materialPlace: number | null;
}

export interface PublishedFilter {
  readonly types?: readonly QuestionType[];
  readonly topics?: readonly string[];
  /** Questions about materials too, of any type, so that it shows which materials are whole. */
  readonly withMaterials?: boolean;
}

/** For a person who answers. There is no property for a key. */
export interface TakingQuestion {
  readonly versionId: string;
  readonly questionId: string;
  readonly body: QuestionBody;
}

/** For marking and for a review that is allowed. Never leaves the server before that. */
export interface KeyedQuestion extends TakingQuestion {
  readonly key: QuestionKey;
  readonly explanation: string;
  readonly source: string;
  /** Of the question as it is now. */
  readonly entryKey: string | null;
}

/** A picture with its bytes; width and height in pixels. */
export interface StoredPicture {
  readonly id: string;
  readonly mediaType: PictureType;
  readonly width: number;
  readonly height: number;
  readonly bytes: Buffer;
}

export interface QuestionAttention {
  /** 待复核: its handbook entry changed; `note` names the edition. */
  readonly recheck: { readonly reason: RecheckReason; readonly note: string } | null;
  /** 已停用, with its reason. */
  readonly retiredReason: string | null;
}

/** What other libs may ask of the bank. Versions never change, so answers may be kept for ever. */
@Injectable()
export class QuestionSource {
  constructor(
    private readonly store: QuestionStore,
    private readonly pictureStore: PictureStore,
  ) {}

  /** In order of code. */
  async published(filter: PublishedFilter = {}): Promise<PublishedQuestion[]> {
    const rows = await this.store.published(filter);
    return rows.map((row) => ({
      questionId: row.id,
      versionId: row.publishedVersionId!,
      code: row.code,
      type: row.type,
      topic: row.topic,
      difficulty: row.difficulty,
      suggestedMarks: row.suggestedMarks,
      factId: row.factId,
      entryKey: row.entryKey,
      materialId: row.materialId,
      materialPlace: row.materialPlace,
    }));
  }

  /** What an organiser should know of these questions before an exam uses them; questions without are missing. */
  async attention(questionIds: readonly string[]): Promise<Map<string, QuestionAttention>> {
    const rows = await this.store.byIds(questionIds);
    return new Map(
      rows
        .filter((row) => row.recheckReason !== null || row.retiredAt !== null)
        .map((row): [string, QuestionAttention] => [
          row.id,
          {
            recheck: row.recheckReason && { reason: row.recheckReason, note: row.recheckNote ?? '' },
            retiredReason: row.retiredAt === null ? null : (row.retiredReason ?? ''),
          },
        ]),
    );
  }

  /** Published questions of these codes; codes without one are missing from the answer. */
  async publishedByCodes(codes: readonly string[]): Promise<PublishedQuestion[]> {
    const wanted = new Set(codes);
    return (await this.published()).filter((question) => wanted.has(question.code));
  }

  /** Of these versions those that may be chosen anew today: published, not replaced since, not retired. */
  publishedAmong(versionIds: readonly string[]): Promise<ReadonlySet<string>> {
    return this.store.publishedAmong([...new Set(versionIds)]);
  }

  /** Bytes of pictures for papers that are printed; unknown ids are missing. Server only: who may see them is the caller's matter. */
  async pictures(ids: readonly string[]): Promise<Map<string, StoredPicture>> {
    const rows = await this.pictureStore.byIds(ids);
    return new Map(
      rows.map(({ id, mediaType, width, height, content }) => [
        id,
        { id, mediaType, width, height, bytes: Buffer.from(content, 'base64') },
      ]),
    );
  }

  /** Keyed by version id; unknown ids are missing. Reads no key table. */
  async forTaking(versionIds: readonly string[]): Promise<Map<string, TakingQuestion>> {
    const versions = await this.store.versionsByIds([...new Set(versionIds)]);
    return new Map(
      versions.map(({ id, questionId, body }): [string, TakingQuestion] => [id, { versionId: id, questionId, body }]),
    );
  }

  /** Server only. Keyed by version id; unknown ids are missing. */
  async withKeys(versionIds: readonly string[]): Promise<Map<string, KeyedQuestion>> {
    const taking = await this.forTaking(versionIds);
    const keys = await this.store.keysByVersionIds([...taking.keys()]);
    const entryKeys = await this.store.entryKeysOf([...taking.values()].map((question) => question.questionId));
    return new Map(
      keys.map(({ versionId, answerKey, explanation, source }): [string, KeyedQuestion] => {
        const question = taking.get(versionId)!;
        const entryKey = entryKeys.get(question.questionId) ?? null;
        return [versionId, { ...question, key: answerKey, explanation, source, entryKey }];
      }),
    );
  }
}
