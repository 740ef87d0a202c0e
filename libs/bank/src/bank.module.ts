import { Module } from '@nestjs/common';
import { ContentImport } from './content-import.service.js';
import { ExportController } from './import/export.controller.js';
import { ExportService } from './import/export.service.js';
import { ImportCheck } from './import/import-check.js';
import { ImportCommitService } from './import/import-commit.service.js';
import { ImportMaterials } from './import/import-materials.js';
import { ImportRowsService } from './import/import-rows.service.js';
import { ImportUndoService } from './import/import-undo.service.js';
import { ImportController } from './import/import.controller.js';
import { ImportJobs } from './import/import.jobs.js';
import { ImportService } from './import/import.service.js';
import { ImportStore } from './import/import.store.js';
import { PasteImport } from './paste-import.service.js';
import { QuestionController } from './question.controller.js';
import { QuestionSimilarity } from './question-similarity.service.js';
import { QuestionService } from './question.service.js';
import { QuestionSource } from './question-source.js';
import { QuestionStore } from './question.store.js';
import { SimilarityStore } from './similarity.store.js';

const imports = [ImportService, ImportRowsService, ImportCommitService, ImportUndoService, ExportService];

/** Needs `UnitOfWork`, the platform and a bound `Access` in the app. */
@Module({
  providers: [
    QuestionStore,
    QuestionService,
    PasteImport,
    ContentImport,
    QuestionSource,
    SimilarityStore,
    QuestionSimilarity,
    ImportStore,
    ImportMaterials,
    ImportCheck,
    ...imports,
  ],
  exports: [QuestionService, PasteImport, ContentImport, QuestionSource, QuestionSimilarity, ...imports],
})
export class BankModule {}

@Module({ imports: [BankModule], controllers: [ImportController, ExportController, QuestionController] })
export class BankHttpModule {}

@Module({ imports: [BankModule], providers: [ImportJobs] })
export class BankJobsModule {}
