import { Module } from '@nestjs/common';
import { StatsModule } from '@xuekao/stats';
import { ReportController, StatsExportController } from './report.controller.js';
import { ReportComposer } from './report.composer.js';
import { ReportFiles } from './report-files.service.js';
import { ReportFinalising } from './report-finalising.service.js';
import { ReportReader } from './report.reader.js';
import { ReportService } from './report.service.js';
import { ReportStore } from './report.store.js';

const services = [ReportReader, ReportService, ReportFinalising, ReportFiles];

@Module({ imports: [StatsModule], providers: [ReportStore, ReportComposer, ...services], exports: services })
export class ReportModule {}

@Module({ imports: [ReportModule], controllers: [ReportController, StatsExportController] })
export class ReportHttpModule {}
