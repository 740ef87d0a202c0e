import type { ExamAnalysisDto, ItemStatisticsDto } from './analysis.dto.js';
import type { AnalysedItem, ExamAnalysis } from './analysis.service.js';

export const letterOf = (place: number): string => String.fromCodePoint(65 + place);

function itemDto(item: AnalysedItem): ItemStatisticsDto {
  const { attempts: _attempts, choices, optionTexts, ...rest } = item;
  return {
    ...rest,
    open: choices?.open ?? null,
    options: (choices?.options ?? []).map(({ optionId, ...option }, place) => ({
      ...option,
      letter: letterOf(place),
      text: optionTexts.get(optionId) ?? '',
    })),
  };
}

export function analysisDto({ exam, choice, isFinal, test, scores, units, items }: ExamAnalysis): ExamAnalysisDto {
  return {
    examId: exam.id,
    title: exam.title,
    attempts: choice,
    isFinal,
    passLine: exam.passLine,
    excellentLine: exam.excellentLine,
    test,
    scores,
    units,
    items: items.map(itemDto),
  };
}
