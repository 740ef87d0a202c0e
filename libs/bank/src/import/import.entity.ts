import type {
  ImportFormat,
  ImportGuess,
  ImportMode,
  ImportPlace,
  ImportRowState,
  ImportState,
} from '@xuekao/contracts';
import { importModes, importRowStates, importStates } from '@xuekao/contracts';
import { Choice, Code, Flag, Id, InstantColumn, Int, Json, LongText, Ref, Text } from '@xuekao/database';
import type { Refusal } from '@xuekao/kernel';
import { Entity, Index } from 'typeorm';
import type { FileQuestion, RowFault, UnreadPiece } from '../formats/index.js';

/** One file or pasted text on its way into the bank. */
@Entity('question_import')
@Index('ix_question_import_created', ['createdAt'])
export class ImportBatchRow {
  @Id() id!: string;
  @Choice(Object.keys(importStates)) state!: ImportState;
  @Code(20) format!: ImportFormat;
  @Text(200) fileName!: string;
  @Code(64) fileHash!: string;
  /** For questions that name none. */
  @Text(60) topic!: string;
  @Int() difficulty!: number;
  @Choice(Object.keys(importModes), { nullable: true }) mode!: ImportMode | null;
  /** Rows read or written so far, and how many there will be. */
  @Int() done!: number;
  @Int() expected!: number;
  @Json({ nullable: true }) failure!: Refusal | null;
  @Json() unread!: readonly UnreadPiece[];
  @Ref() authorId!: string;
  @InstantColumn() createdAt!: number;
  @InstantColumn() updatedAt!: number;
  @InstantColumn({ nullable: true }) committedAt!: number | null;
  @InstantColumn({ nullable: true }) undoneAt!: number | null;
  @Int() version!: number;
}

/** A piece of a file that waits to be read, in Base64; gone once it is read. */
@Entity('question_import_part')
export class ImportPartRow {
  @Ref(() => ImportBatchRow, { primary: true }) importId!: string;
  @Int({ primary: true }) number!: number;
  @LongText() content!: string;
}

/** A picture that an import brought; `isNew` where the bank had not got it. */
@Entity('question_import_picture')
@Index('ix_question_import_picture', ['pictureId'])
export class ImportPictureRow {
  @Ref(() => ImportBatchRow, { primary: true }) importId!: string;
  @Code(64, { primary: true }) pictureId!: string;
  @Flag() isNew!: boolean;
}

export interface ImportTwin {
  /** Of the bank; null for an earlier row of the same import. */
  readonly code: string | null;
  readonly row: number | null;
  readonly score: number;
}

@Entity('question_import_row')
@Index('ix_question_import_row_state', ['importId', 'state'])
@Index('ix_question_import_row_content', ['contentHash'])
@Index('ix_question_import_row_question', ['questionId'])
export class ImportQuestionRow {
  @Ref(() => ImportBatchRow, { primary: true }) importId!: string;
  /** From 1, in the order of the file. */
  @Int({ primary: true }) number!: number;
  @Choice(Object.keys(importRowStates)) state!: ImportRowState;
  @Text(200) label!: string;
  @Json() place!: ImportPlace;
  @Json({ nullable: true }) draft!: FileQuestion | null;
  @Json() faults!: readonly RowFault[];
  @Json() guesses!: readonly ImportGuess[];
  /** Questions that ask nearly the same. */
  @Json() twins!: readonly ImportTwin[];
  @LongText() raw!: string;
  @Code(64, { nullable: true }) stemHash!: string | null;
  @Code(64, { nullable: true }) contentHash!: string | null;
  @Ref(null, { nullable: true }) questionId!: string | null;
}

export const importEntities = [ImportBatchRow, ImportPartRow, ImportPictureRow, ImportQuestionRow];
