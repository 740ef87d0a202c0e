import { Module } from '@nestjs/common';
import { ContentImportService } from './content-import.service.js';
import { CurrentHandbook } from './current-handbook.js';
import { EditionController, HandbookController } from './handbook.controller.js';
import { ChapterEntity, EditionEntity, EntryEntity, EntryVersionEntity } from './handbook.entity.js';
import { HandbookStore } from './handbook.store.js';
import { FavouriteEntity, NoteEntity, PositionEntity, ReadingEntity } from './reader.entity.js';
import { ReaderService } from './reader.service.js';
import { ReaderStore } from './reader.store.js';
import { ReadingCoverageQuery } from './reading-coverage.query.js';

export const handbookEntities = [
  EditionEntity,
  ChapterEntity,
  EntryEntity,
  EntryVersionEntity,
  ReadingEntity,
  PositionEntity,
  FavouriteEntity,
  NoteEntity,
] as const;

const services = [ContentImportService, CurrentHandbook, ReaderService, ReadingCoverageQuery];

@Module({ providers: [HandbookStore, ReaderStore, ...services], exports: services })
export class HandbookModule {}

@Module({ imports: [HandbookModule], controllers: [HandbookController, EditionController] })
export class HandbookHttpModule {}
