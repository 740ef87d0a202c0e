import { Module } from '@nestjs/common';
import { ContentImport } from './content-import.service.js';
import { PasteImport } from './paste-import.service.js';
import { QuestionController } from './question.controller.js';
import { QuestionSimilarity } from './question-similarity.service.js';
import { QuestionService } from './question.service.js';
import { QuestionSource } from './question-source.js';
import { QuestionStore } from './question.store.js';
import { SimilarityStore } from './similarity.store.js';

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
  ],
  exports: [QuestionService, PasteImport, ContentImport, QuestionSource, QuestionSimilarity],
})
export class BankModule {}

@Module({ imports: [BankModule], controllers: [QuestionController] })
export class BankHttpModule {}
