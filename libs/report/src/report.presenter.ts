import { sectionKeys, type Sentence, type SentencePart } from '@xuekao/contracts';
import { shownFigure } from '@xuekao/stats';
import { figuresOf } from './core/index.js';
import type { ReportSection } from './core/index.js';
import type { ReportDto, ReportHeadDto, ReportSectionDto, SentenceDto, SentencePartDto } from './report.dto.js';
import type { ReportEntity, ReportSectionEntity } from './report.entity.js';
import type { OpenReport } from './report.reader.js';

export function shownHead(report: ReportEntity): ReportHeadDto {
  const { id, year, unitId, authorMemberId, title, signature, signedOn, threshold, state } = report;
  const { createdAt, finalisedAt, version } = report;
  return {
    id,
    year,
    unitId,
    authorMemberId,
    title,
    signature,
    signedOn,
    threshold,
    state,
    createdAt,
    finalisedAt,
    version,
  };
}

function shownPart(part: SentencePart): SentencePartDto {
  return {
    kind: part.kind,
    text: part.text,
    slot: part.kind === 'text' ? null : part.slot,
    label: part.kind === 'gap' ? part.label : null,
    figures: part.kind === 'slot' ? part.figures.map((figure) => figure.key) : [],
  };
}

function shownSentence({ key, text, parts }: Sentence): SentenceDto {
  return { key, text, parts: parts.map(shownPart) };
}

function shownSection(section: ReportSection, texts: readonly ReportSectionEntity[]): ReportSectionDto {
  const { key, part, heading, text, sentences, omitted, hints } = section;
  return {
    key,
    name: sectionKeys[key],
    part,
    heading,
    text,
    version: texts.find((row) => row.section === key)?.version ?? 0,
    sentences: sentences.map(shownSentence),
    omitted: omitted.map(({ sentence, reason }) => ({ sentence, reason })),
    hints: hints.map((hint) => ({ text: hint.text, ids: hint.ids })),
  };
}

export function shownReport({ report, texts, content, frozen }: OpenReport): ReportDto {
  return {
    ...shownHead(report),
    unit: content.unit,
    asOf: content.asOf,
    sections: content.sections.map((section) => shownSection(section, texts)),
    figures: figuresOf(content.figures).map((figure) => ({ ...shownFigure(figure), ids: figure.trace.ids })),
    gaps: content.gaps,
    checksum: frozen?.checksum ?? null,
  };
}
