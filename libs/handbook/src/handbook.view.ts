import { ApiProperty } from '@nestjs/swagger';
import type { SearchResult } from './core/index.js';
import type { ImportResult } from './content-import.service.js';
import type { Handbook, HandbookEntry } from './current-handbook.js';
import type { NoteEntity, PositionEntity, ReadingEntity } from './reader.entity.js';
import type { Of, OwnChapter, OwnEntry } from './reader.service.js';

const nullableText = { type: String, nullable: true } as const;

export class HandbookEntryLineDto {
  @ApiProperty() key!: string;
  @ApiProperty() question!: string;
}

export class OwnHandbookEntryDto extends HandbookEntryLineDto {
  @ApiProperty() isRead!: boolean;
}

export class OwnHandbookChapterDto {
  @ApiProperty() number!: number;
  @ApiProperty() title!: string;
  @ApiProperty() summary!: string;
  @ApiProperty({ type: [OwnHandbookEntryDto] }) entries!: OwnHandbookEntryDto[];
  @ApiProperty({ description: 'entries that the reader has read' }) readCount!: number;
}

export class OwnHandbookDto {
  @ApiProperty() title!: string;
  @ApiProperty() edition!: string;
  @ApiProperty() preface!: string;
  @ApiProperty() publishedAt!: number;
  @ApiProperty() entryCount!: number;
  @ApiProperty() readCount!: number;
  @ApiProperty({ type: [OwnHandbookChapterDto] }) chapters!: OwnHandbookChapterDto[];
}

export class HandbookReadingDto {
  @ApiProperty() firstReadAt!: number;
  @ApiProperty() lastReadAt!: number;
  @ApiProperty() readCount!: number;
  @ApiProperty({ description: 'at most ten minutes a visit; for the reader alone' }) seconds!: number;
  @ApiProperty({ description: 'the version that was read last' }) versionNumber!: number;
}

export class HandbookNoteDto {
  @ApiProperty() id!: string;
  @ApiProperty({ type: HandbookEntryLineDto }) entry!: HandbookEntryLineDto;
  @ApiProperty(nullableText) quote!: string | null;
  @ApiProperty() text!: string;
  @ApiProperty({ description: 'version of the entry that the note was written on' }) versionNumber!: number;
  @ApiProperty() createdAt!: number;
  @ApiProperty() updatedAt!: number;
  @ApiProperty() version!: number;
}

export class HandbookNotesDto {
  @ApiProperty({ type: [HandbookNoteDto] }) items!: HandbookNoteDto[];
}

export class HandbookChapterLineDto {
  @ApiProperty() number!: number;
  @ApiProperty() title!: string;
}

export class HandbookEntryDto {
  @ApiProperty() key!: string;
  @ApiProperty() question!: string;
  @ApiProperty({ description: 'markdown' }) answer!: string;
  @ApiProperty() sourceDocument!: string;
  @ApiProperty() sourceArticle!: string;
  @ApiProperty() documentVersion!: string;
  @ApiProperty() validFrom!: string;
  @ApiProperty(nullableText) validTo!: string | null;
  @ApiProperty({ type: [String] }) keywords!: readonly string[];
  @ApiProperty() versionNumber!: number;
  @ApiProperty({ type: HandbookChapterLineDto }) chapter!: HandbookChapterLineDto;
  @ApiProperty({ ...nullableText, description: 'key' }) previous!: string | null;
  @ApiProperty({ ...nullableText, description: 'key' }) next!: string | null;
  @ApiProperty({ type: [HandbookEntryLineDto] }) related!: HandbookEntryLineDto[];
  @ApiProperty({ type: HandbookReadingDto, nullable: true }) reading!: HandbookReadingDto | null;
  @ApiProperty() isFavourite!: boolean;
  @ApiProperty({ type: [HandbookNoteDto] }) notes!: HandbookNoteDto[];
}

export class TextRangeDto {
  @ApiProperty() start!: number;
  @ApiProperty({ description: 'exclusive, in UTF-16 units' }) end!: number;
}

export class HandbookHitDto extends HandbookEntryLineDto {
  @ApiProperty({ type: [TextRangeDto] }) questionRanges!: TextRangeDto[];
  @ApiProperty() excerpt!: string;
  @ApiProperty({ type: [TextRangeDto] }) excerptRanges!: TextRangeDto[];
}

export class HandbookHitsDto {
  @ApiProperty({ type: [HandbookHitDto] }) items!: HandbookHitDto[];
  @ApiProperty() total!: number;
}

export class OwnReadingPositionDto {
  @ApiProperty({ type: HandbookEntryLineDto, nullable: true, description: 'null before the first reading' })
  entry!: HandbookEntryLineDto | null;
  @ApiProperty() scrollPermille!: number;
  @ApiProperty({ type: Number, nullable: true }) at!: number | null;
}

export class HandbookFavouritesDto {
  @ApiProperty({ type: [HandbookEntryLineDto] }) items!: HandbookEntryLineDto[];
}

export class EditionImportDto {
  @ApiProperty() edition!: string;
  @ApiProperty({ description: 'false where the same content was current already' }) isNew!: boolean;
  @ApiProperty({ type: [String] }) added!: readonly string[];
  @ApiProperty({ type: [String] }) changed!: readonly string[];
  @ApiProperty({ type: [String] }) withdrawn!: readonly string[];
}

const lineView = ({ key, question }: HandbookEntry): HandbookEntryLineDto => ({ key, question });

export function handbookView({ edition, entries }: Handbook, chapters: readonly OwnChapter[]): OwnHandbookDto {
  const { title, code, preface, publishedAt } = edition;
  const views = chapters.map(({ chapter, readKeys }) => ({
    number: chapter.number,
    title: chapter.title,
    summary: chapter.summary,
    entries: chapter.entries.map((entry) => ({ ...lineView(entry), isRead: readKeys.has(entry.key) })),
    readCount: readKeys.size,
  }));
  const readCount = views.reduce((sum, view) => sum + view.readCount, 0);
  return { title, edition: code, preface, publishedAt, entryCount: entries.length, readCount, chapters: views };
}

export function readingView({
  firstReadAt,
  lastReadAt,
  readCount,
  seconds,
  versionNumber,
}: ReadingEntity): HandbookReadingDto {
  return { firstReadAt, lastReadAt, readCount, seconds, versionNumber };
}

export function noteView({ entry, row }: Of<NoteEntity>): HandbookNoteDto {
  const { id, quote, text, versionNumber, createdAt, updatedAt, version } = row;
  return { id, entry: lineView(entry), quote, text, versionNumber, createdAt, updatedAt, version };
}

export function entryView({ entry, chapter, related, reading, isFavourite, notes }: OwnEntry): HandbookEntryDto {
  const { key, question, answer, sourceDocument, sourceArticle, documentVersion } = entry;
  const { validFrom, validTo, keywords, versionNumber, previous, next } = entry;
  return {
    key,
    question,
    answer,
    sourceDocument,
    sourceArticle,
    documentVersion,
    validFrom,
    validTo,
    keywords,
    versionNumber,
    chapter: { number: chapter.number, title: chapter.title },
    previous,
    next,
    related: related.map(lineView),
    reading: reading && readingView(reading),
    isFavourite,
    notes: notes.map((row) => noteView({ entry, row })),
  };
}

export function hitsView({ hits, total }: SearchResult): HandbookHitsDto {
  const items = hits.map(({ key, question, questionRanges, excerpt }) => ({
    key,
    question,
    questionRanges: [...questionRanges],
    excerpt: excerpt.text,
    excerptRanges: [...excerpt.ranges],
  }));
  return { items, total };
}

export function positionView(position: Of<PositionEntity> | null): OwnReadingPositionDto {
  if (!position) return { entry: null, scrollPermille: 0, at: null };
  const { entry, row } = position;
  return { entry: lineView(entry), scrollPermille: row.scrollPermille, at: row.at };
}

export function favouritesView(entries: readonly HandbookEntry[]): HandbookFavouritesDto {
  return { items: entries.map(lineView) };
}

export function importView({ edition, isNew, added, changed, withdrawn }: ImportResult): EditionImportDto {
  return { edition, isNew, added, changed, withdrawn };
}
