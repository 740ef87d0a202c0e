export { BankHttpModule, BankJobsModule, BankModule } from './bank.module.js';
export { EntryVersions, PictureViewers } from './bank.ports.js';
export type { EditionNews } from './entry-links.js';
export { BankRefused } from './bank.errors.js';
export { ContentImport } from './content-import.service.js';
export type { ContentImported } from './content-import.service.js';
export {
  arabicOf,
  blankForm,
  blankMatches,
  choiceKey,
  fullAnswer,
  nextVersion,
  questionFrom,
  truthOptions,
  twinsAmong,
} from './core/index.js';
export type {
  BlankKey,
  BodyAndKey,
  ChoiceKey,
  OptionDraft,
  PairDraft,
  PartDraft,
  QuestionContent,
  QuestionDraft,
  QuestionKey,
} from './core/index.js';
export { bankContent2017 } from './content/index.js';
export { MaterialService } from './material.service.js';
export type { MaterialDetail, MaterialInput } from './material.service.js';
export { PairDto, QuestionBodyDto, QuestionKeyDto, QuestionOptionDto } from './question.dto.js';
export { bankEntities } from './question.entity.js';
export { bodyDto } from './question.presenter.js';
export { PictureService } from './picture.service.js';
export { QuestionLife } from './question-life.service.js';
export type { BulkAct, BulkRow } from './question-life.service.js';
export { QuestionService } from './question.service.js';
export type { QuestionInput } from './question-drafts.js';
export type { QuestionDetail, QuestionSummary } from './question.service.js';
export { QuestionSimilarity } from './question-similarity.service.js';
export type { SimilarityFinding, SimilarityScope } from './question-similarity.service.js';
export { QuestionSource } from './question-source.js';
export { ExportService } from './import/export.service.js';
export { ImportCommitService } from './import/import-commit.service.js';
export { ImportRowsService } from './import/import-rows.service.js';
export { ImportUndoService } from './import/import-undo.service.js';
export { ImportService } from './import/import.service.js';
export { QuestionVersions } from './question-versions.service.js';
export { TwinService } from './twin.service.js';
export type {
  KeyedQuestion,
  PublishedFilter,
  PublishedQuestion,
  QuestionAttention,
  StoredPicture,
  TakingQuestion,
} from './question-source.js';
