import type { AnnualFigures, Figure, FigureUnit, RecordKind } from '@xuekao/contracts';

/** A figure over made-up record ids; 次 and 人 carry one id each, sums carry one id in all. */
export function aFigure(
  label: string,
  value: number,
  unit: FigureUnit = 'times',
  kind: RecordKind = 'session',
): Figure {
  const sums = unit === 'hours' || unit === 'person-times' || unit === 'entries';
  const length = sums ? Math.min(value, 1) : value;
  const ids = Array.from({ length }, (_, index) => `${label}-${index + 1}`);
  return { key: label, label, unit, value, trace: { query: label, kind, ids } };
}

const persons = (label: string, value: number): Figure => aFigure(label, value, 'persons', 'member');

/** The fictional bureau of the acceptance list: 3 branches of 22, 66 members. Source: domain.md §8 item 1. */
export function bureauFigures(changes: Partial<AnnualFigures> = {}): AnnualFigures {
  return {
    year: 2017,
    ownerKind: 'party-group',
    branches: aFigure('党支部数', 3, 'units', 'unit'),
    study: {
      studyGroup: aFigure('中心组集体学习次数', 12),
      generalBranch: aFigure('总支集中学习次数', 4),
      branch: aFigure('支部学习次数', 33),
    },
    lectures: {
      byAuthor: true,
      titles: ['学懂弄通做实'],
      lessons: aFigure('党课堂数', 1, 'lessons'),
      hours: aFigure('党课学时', 300, 'hours'),
      listeners: persons('听课人数', 66),
    },
    exams: {
      levels: ['province'],
      exams: aFigure('考学活动次数', 1, 'times', 'exam'),
      due: persons('应考人数', 66),
      sat: persons('实考人数', 66),
      threshold: 8000,
      atLeast: persons('80分以上人数', 65),
    },
    fiveOnes: {
      handbooks: aFigure('学习手册本数', 1, 'copies', 'handbook'),
      entries: aFigure('学习手册问数', 100, 'entries', 'handbook'),
      lectureTours: aFigure('宣讲次数', 1),
      tutoring: aFigure('领导辅导次数', 1),
      departmentExchanges: aFigure('科室交流次数', 420),
      thematicExchanges: aFigure('专题交流会次数', 1),
      contests: aFigure('知识竞赛场数', 1, 'shows', 'contest'),
      oaths: aFigure('宣誓场数', 3, 'shows'),
    },
    partyGroup: { meetings: aFigure('党组会议研究党建次数', 4), quartersWithout: [] },
    hours: {
      members: persons('全年在册党员', 66),
      total: aFigure('全年学时', 66 * 4160, 'hours', 'hours'),
      target: 3200,
      reached: persons('达到32学时人数', 64),
      committee: persons('支部书记和委员人数', 15),
      committeeTarget: 5600,
      committeeReached: persons('达到56学时人数', 14),
    },
    ...changes,
  };
}
