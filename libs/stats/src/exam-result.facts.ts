import { Injectable } from '@nestjs/common';
import type { ExemptionReason } from '@xuekao/contracts';
import { ExamResultsQuery } from '@xuekao/exam';
import { civilDate } from '@xuekao/kernel';
import type { ExamFact, ResultFact } from './core/index.js';
import { ExamFacts } from './facts.ports.js';

/** Final results as facts: own exams with their make-ups, and imported ones. Who was exempt and sat all the same is due. */
@Injectable()
export class ExamResultFacts extends ExamFacts {
  constructor(private readonly results: ExamResultsQuery) {
    super();
  }

  async ofYear(year: number) {
    const outcomes = await this.results.ofYear(year);
    return {
      exams: outcomes.map((outcome): ExamFact => ({
        id: outcome.examId,
        name: outcome.title,
        level: outcome.level,
        date: civilDate(outcome.date),
        passMarks: outcome.passLine,
        excellentMarks: outcome.excellentLine,
      })),
      results: outcomes.flatMap(({ examId, members }) =>
        members.map((member): ResultFact => ({
          examId,
          memberId: member.memberId,
          name: member.name,
          unitId: member.unitId,
          exemption: member.isDue ? null : ((member.exemption ?? 'exam-exempt') as ExemptionReason),
          marks: member.score,
          satFirst: member.firstScore !== null,
          absence: '',
        })),
      ),
    };
  }
}
