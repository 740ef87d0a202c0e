import { ApiProperty } from '@nestjs/swagger';
import type { SearchResult } from './core/index.js';
import type { ImportResult } from './content-import.service.js';
import type { Handbook, HandbookEntry } from './current-handbook.js';
import type { NoteEntity, PositionEntity, ReadingEntity } from './reader.entity.js';
import type { Of, OwnChapter, OwnEntry } from './reader.service.js';

const nullableText = { type: String, nullable: true } as const;

export class EntryLineDto {
  @ApiProperty() key!: string;
  @ApiProperty() question!: string;
}

export class OwnEntryLineDto extends EntryLineDto {
  @ApiProperty() isRead!: boolean;
}

export class OwnChapterDto {
  @ApiProperty() number!: number;
  @ApiProperty() title!: string;
  @ApiProperty() summary!: string;
  @ApiProperty({ type: [OwnEntryLineDto] }) entries!: OwnEntryLineDto[];
  @ApiProperty({ description: 'entries that the reader has read' }) readCount!: number;
}

export class OwnHandbookDto {
  @ApiProperty() title!: string;
  @ApiProperty() edition!: string;
  @ApiProperty() preface!: string;
  @ApiProperty() publishedAt!: number;
  @ApiProperty() entryCount!: number;
  @ApiProperty() readCount!: number;
  @ApiProperty({ type: [OwnChapterDto] }) chapters!: OwnChapterDto[];
}

export class ReadingDto {
  @ApiProperty() firstReadAt!: number;
  @ApiProperty() lastReadAt!: number;
  @ApiProperty() readCount!: number;
  @ApiProperty({ description: 'at most ten minutes a visit; for the reader alone' }) seconds!: number;
  @ApiProperty({ description: 'the version that was read last' }) versionNumber!: number;
}

export class NoteDto {
  @ApiProperty() id!: string;
  @ApiProperty({ type: EntryLineDto }) entry!: EntryLineDto;
  @ApiProperty(nullableText) quote!: string | null;
  @ApiProperty() text!: string;
  @ApiProperty({ description: 'version of the entry that the note was written on' }) versionNumber!: number;
  @ApiProperty() createdAt!: number;
  @ApiProperty() updatedAt!: number;
  @ApiProperty() version!: number;
}

export class NotesDto {
  @ApiProperty({ type: [NoteDto] }) items!: NoteDto[];
}

export class ChapterLineDto {
  @ApiProperty() number!: number;
  @ApiProperty() title!: string;
}

export class EntryDto {
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
  @ApiProperty({ type: ChapterLineDto }) chapter!: ChapterLineDto;
  @ApiProperty({ ...nullableText, description: 'key' }) previous!: string | null;
  @ApiProperty({ ...nullableText, description: 'key' }) next!: string | null;
  @ApiProperty({ type: [EntryLineDto] }) related!: EntryLineDto[];
  @ApiProperty({ type: ReadingDto, nullable: true }) reading!: ReadingDto | null;
  @ApiProperty() isFavourite!: boolean;
  @ApiProperty({ type: [NoteDto] }) notes!: NoteDto[];
}

export class RangeDto {
  @ApiProperty() start!: number;
  @ApiProperty({ description: 'exclusive, in UTF-16 units' }) end!: number;
}

export class HitDto extends EntryLineDto {
  @ApiProperty({ type: [RangeDto] }) questionRanges!: RangeDto[];
  @ApiProperty() excerpt!: string;
  @ApiProperty({ type: [RangeDto] }) excerptRanges!: RangeDto[];
}

export class HitsDto {
  @ApiProperty({ type: [HitDto] }) items!: HitDto[];
  @ApiProperty() total!: number;
}

export class OwnPositionDto {
  @ApiProperty({ type: EntryLineDto, nullable: true, description: 'null before the first reading' })
  entry!: EntryLineDto | null;
  @ApiProperty() scrollPermille!: number;
  @ApiProperty({ type: Number, nullable: true }) at!: number | null;
}

export class FavouritesDto {
  @ApiProperty({ type: [EntryLineDto] }) items!: EntryLineDto[];
}

export class ImportResultDto {
  @ApiProperty() edition!: string;
  @ApiProperty({ description: 'false where the same content was current already' }) isNew!: boolean;
  @ApiProperty({ type: [String] }) added!: readonly string[];
  @ApiProperty({ type: [String] }) changed!: readonly string[];
  @ApiProperty({ type: [String] }) withdrawn!: readonly string[];
}

const lineView = ({ key, question }: HandbookEntry): EntryLineDto => ({ key, question });

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

export function readingView({ firstReadAt, lastReadAt, readCount, seconds, versionNumber }: ReadingEntity): ReadingDto {
  return { firstReadAt, lastReadAt, readCount, seconds, versionNumber };
}

export function noteView({ entry, row }: Of<NoteEntity>): NoteDto {
  const { id, quote, text, versionNumber, createdAt, updatedAt, version } = row;
  return { id, entry: lineView(entry), quote, text, versionNumber, createdAt, updatedAt, version };
}

export function entryView({ entry, chapter, related, reading, isFavourite, notes }: OwnEntry): EntryDto {
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

export function hitsView({ hits, total }: SearchResult): HitsDto {
  const items = hits.map(({ key, question, questionRanges, excerpt }) => ({
    key,
    question,
    questionRanges: [...questionRanges],
    excerpt: excerpt.text,
    excerptRanges: [...excerpt.ranges],
  }));
  return { items, total };
}

export function positionView(position: Of<PositionEntity> | null): OwnPositionDto {
  if (!position) return { entry: null, scrollPermille: 0, at: null };
  const { entry, row } = position;
  return { entry: lineView(entry), scrollPermille: row.scrollPermille, at: row.at };
}

export function favouritesView(entries: readonly HandbookEntry[]): FavouritesDto {
  return { items: entries.map(lineView) };
}

export function importView({ edition, isNew, added, changed, withdrawn }: ImportResult): ImportResultDto {
  return { edition, isNew, added, changed, withdrawn };
}
