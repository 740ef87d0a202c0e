import { Module } from '@nestjs/common';
import { EntryWatch } from './bank.jobs.js';
import { ContentImport } from './content-import.service.js';
import { EntryLinks } from './entry-links.js';
import { ExportController } from './import/export.controller.js';
import { ExportService } from './import/export.service.js';
import { ImportCheck } from './import/import-check.js';
import { ImportCommitService } from './import/import-commit.service.js';
import { ImportPictures } from './import/import-pictures.js';
import { ImportMaterials } from './import/import-materials.js';
import { ImportRowsService } from './import/import-rows.service.js';
import { ImportUndoService } from './import/import-undo.service.js';
import { ImportController } from './import/import.controller.js';
import { ImportJobs } from './import/import.jobs.js';
import { ImportService } from './import/import.service.js';
import { ImportStore } from './import/import.store.js';
import { MaterialController } from './material.controller.js';
import { MaterialService } from './material.service.js';
import { MaterialStore } from './material.store.js';
import { PictureController } from './picture.controller.js';
import { PictureService } from './picture.service.js';
import { PictureStore } from './picture.store.js';
import { QuestionChanges } from './question-changes.js';
import { QuestionController } from './question.controller.js';
import { QuestionDrafts } from './question-drafts.js';
import { QuestionLife } from './question-life.service.js';
import { QuestionLifeController } from './question-life.controller.js';
import { QuestionService } from './question.service.js';
import { QuestionSimilarity } from './question-similarity.service.js';
import { QuestionSource } from './question-source.js';
import { QuestionStore } from './question.store.js';
import { QuestionVersions } from './question-versions.service.js';
import { SimilarityStore } from './similarity.store.js';
import { TwinController } from './twin.controller.js';
import { TwinService } from './twin.service.js';

const imports = [ImportService, ImportRowsService, ImportCommitService, ImportUndoService, ExportService];
const stores = [QuestionStore, MaterialStore, PictureStore, SimilarityStore, ImportStore];
const services = [
  QuestionService,
  QuestionDrafts,
  QuestionLife,
  QuestionVersions,
  MaterialService,
  PictureService,
  ContentImport,
  QuestionSource,
  QuestionSimilarity,
  TwinService,
  EntryLinks,
  ...imports,
];

/** Needs `UnitOfWork`, the platform and a bound `Access` in the app; `EntryVersions` and `PictureViewers` where they are bound. */
@Module({
  providers: [...stores, QuestionChanges, ImportMaterials, ImportPictures, ImportCheck, ...services],
  exports: services,
})
export class BankModule {}

@Module({
  imports: [BankModule],
  controllers: [
    ImportController,
    ExportController,
    TwinController,
    QuestionController,
    QuestionLifeController,
    MaterialController,
    PictureController,
  ],
})
export class BankHttpModule {}

@Module({ imports: [BankModule], providers: [EntryWatch, ImportJobs] })
export class BankJobsModule {}
