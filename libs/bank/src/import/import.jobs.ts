import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { ImportFormat } from '@xuekao/contracts';
import { JobQueue } from '@xuekao/platform';
import type { Actor } from '@xuekao/platform';
import { ImportCommitService, commitJob } from './import-commit.service.js';
import { ImportUndoService, undoJob } from './import-undo.service.js';
import { ImportService, readJob } from './import.service.js';

/** Reads, writes and takes back large imports while their people do something else. */
@Injectable()
export class ImportJobs implements OnModuleInit {
  constructor(
    private readonly jobs: JobQueue,
    private readonly imports: ImportService,
    private readonly commits: ImportCommitService,
    private readonly undos: ImportUndoService,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(readJob, ({ id, format }: { id: string; format?: ImportFormat }) => this.imports.read(id, format));
    this.jobs.handle(commitJob, ({ id, actor }: { id: string; actor: Actor }) => this.commits.write(id, actor));
    this.jobs.handle(undoJob, ({ id, actor }: { id: string; actor: Actor }) => this.undos.takeAll(id, actor));
  }
}
