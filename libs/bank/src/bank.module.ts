import { Module } from '@nestjs/common';
import { ContentImport } from './content-import.service.js';
import { PasteImport } from './paste-import.service.js';
import { QuestionController } from './question.controller.js';
import { QuestionService } from './question.service.js';
import { QuestionSource } from './question-source.js';
import { QuestionStore } from './question.store.js';

/** Needs `UnitOfWork`, the platform and a bound `Access` in the app. */
@Module({
  providers: [QuestionStore, QuestionService, PasteImport, ContentImport, QuestionSource],
  exports: [QuestionService, PasteImport, ContentImport, QuestionSource],
})
export class BankModule {}

@Module({ imports: [BankModule], controllers: [QuestionController] })
export class BankHttpModule {}
