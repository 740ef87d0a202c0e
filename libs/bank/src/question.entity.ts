import type {
  PictureType,
  QuestionBody,
  QuestionPicture,
  QuestionState,
  QuestionType,
  RecheckReason,
  TwinDecision,
} from '@xuekao/contracts';
import { pictureTypes, questionStates, questionTypes, recheckReasons, twinDecisions } from '@xuekao/contracts';
import { Choice, Code, Id, InstantColumn, Int, Json, LongText, Ref, Text } from '@xuekao/database';
import { Entity, Index, Unique } from 'typeorm';
import { importEntities } from './import/import.entity.js';
import type { QuestionKey } from './core/index.js';

/** What several questions ask about. Its text is in versions, which questions pin. */
@Entity('question_material')
@Unique('uq_question_material_code', ['code'])
export class MaterialRow {
  @Id() id!: string;
  @Code(64) code!: string;
  @Text(120) title!: string;
  @Text(60) topic!: string;
  @Ref() headVersionId!: string;
  @InstantColumn() createdAt!: number;
  @InstantColumn() updatedAt!: number;
  @Int() version!: number;
}

/** Never changed once written. */
@Entity('question_material_version')
@Unique('uq_question_material_version_number', ['materialId', 'number'])
export class MaterialVersionRow {
  @Id() id!: string;
  @Ref(() => MaterialRow) materialId!: string;
  @Int() number!: number;
  @Text(120) title!: string;
  @LongText() body!: string;
  @Json() pictures!: readonly QuestionPicture[];
  @Ref(null, { nullable: true }) authorId!: string | null;
  @InstantColumn() createdAt!: number;
}

@Entity('question')
@Unique('uq_question_code', ['code'])
@Index('ix_question_stem', ['stemHash'])
@Index('ix_question_kind', ['type', 'difficulty'])
@Index('ix_question_published', ['publishedVersionId'])
@Index('ix_question_material', ['materialId', 'materialPlace'])
@Index('ix_question_entry', ['entryKey'])
@Index('ix_question_recheck', ['recheckSince'])
export class QuestionRow {
  @Id() id!: string;
  @Code(64) code!: string;
  @Choice(Object.keys(questionTypes)) type!: QuestionType;
  @Text(60) topic!: string;
  @Int() difficulty!: number;
  /** Hundredths: what the paper it came from gave for it; a default for papers, never a rule. */
  @Int({ nullable: true }) suggestedMarks!: number | null;
  @Code(64, { nullable: true }) factId!: string | null;
  @Code(64, { nullable: true }) entryKey!: string | null;
  /** Version of the handbook entry that the newest version was written or checked against; null where nobody knows. */
  @Int({ nullable: true }) entryVersion!: number | null;
  /** Of the newest version. */
  @Choice(Object.keys(questionStates)) state!: QuestionState;
  @Ref() headVersionId!: string;
  /** What papers, practice and contests draw; stays while a newer version is being edited. */
  @Ref(null, { nullable: true }) publishedVersionId!: string | null;
  /** Account that wrote the newest version; null for content that ships with the product. */
  @Ref(null, { nullable: true }) authorId!: string | null;
  @Ref(null, { nullable: true }) reviewerId!: string | null;
  /** Of a question that asks about a material, with its place among the material's questions, from 1. */
  @Ref(() => MaterialRow, { nullable: true }) materialId!: string | null;
  @Int({ nullable: true }) materialPlace!: number | null;
  /** 已停用: drawn no more; what pins a version keeps it. */
  @InstantColumn({ nullable: true }) retiredAt!: number | null;
  @Text(200, { nullable: true }) retiredReason!: string | null;
  /** 待复核: its handbook entry says something else since then. */
  @InstantColumn({ nullable: true }) recheckSince!: number | null;
  @Choice(Object.keys(recheckReasons), { nullable: true }) recheckReason!: RecheckReason | null;
  /** The edition that changed the entry. */
  @Text(200, { nullable: true }) recheckNote!: string | null;
  @Code(64) stemHash!: string;
  /** Normal form, for search. */
  @LongText() stemText!: string;
  @InstantColumn() createdAt!: number;
  @InstantColumn() updatedAt!: number;
  @Int() version!: number;
}

/** Never changed once written. The key is in a table of its own, so that a query for taking cannot select it. */
@Entity('question_version')
@Unique('uq_question_version_number', ['questionId', 'number'])
export class QuestionVersionRow {
  @Id() id!: string;
  @Ref(() => QuestionRow) questionId!: string;
  @Int() number!: number;
  /** Without its material, which is a row of its own. */
  @Json() body!: QuestionBody;
  @Ref(() => MaterialVersionRow, { nullable: true }) materialVersionId!: string | null;
  /** Of body and key together. */
  @Code(64) contentHash!: string;
  @Ref(null, { nullable: true }) authorId!: string | null;
  @InstantColumn() createdAt!: number;
}

/** What is shown only after review is allowed. */
@Entity('question_key')
export class QuestionKeyRow {
  @Ref(() => QuestionVersionRow, { primary: true }) versionId!: string;
  @Json() answerKey!: QuestionKey;
  @LongText() explanation!: string;
  @Text(200) source!: string;
}

/** What was decided about two questions that look alike; `firstId` is the smaller id. */
@Entity('question_twin')
export class TwinRow {
  @Ref(() => QuestionRow, { primary: true }) firstId!: string;
  @Ref(() => QuestionRow, { primary: true }) secondId!: string;
  @Choice(Object.keys(twinDecisions)) decision!: TwinDecision;
  @Text(200, { nullable: true }) reason!: string | null;
  @Ref(null, { nullable: true }) decidedBy!: string | null;
  @InstantColumn() decidedAt!: number;
}

/** A picture by the hash of its bytes: the same one is stored once, and never changes. */
@Entity('question_picture')
export class PictureRow {
  @Code(64, { primary: true }) id!: string;
  @Choice(pictureTypes) mediaType!: PictureType;
  @Int() bytes!: number;
  @Int() width!: number;
  @Int() height!: number;
  /** Base64: in the database, so that every process of a scaled installation has it. */
  @LongText() content!: string;
  @Ref(null, { nullable: true }) uploadedBy!: string | null;
  @InstantColumn() createdAt!: number;
}

/** Versions of questions and of materials that show a picture. */
@Entity('question_picture_use')
export class PictureUseRow {
  @Code(64, { primary: true }) pictureId!: string;
  @Ref(null, { primary: true }) versionId!: string;
}

export const bankEntities = [
  ...importEntities,

  MaterialRow,
  MaterialVersionRow,
  QuestionRow,
  QuestionVersionRow,
  QuestionKeyRow,
  TwinRow,
  PictureRow,
  PictureUseRow,
];
