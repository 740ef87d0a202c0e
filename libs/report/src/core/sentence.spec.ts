import { aFigure, bureauFigures } from '../testing/index.js';
import { dataGaps, emptyRequiredSections, reportSections } from './skeleton.js';
import { recorded, sentence } from './sentence.js';
import {
  examSentence,
  fiveOnesSentence,
  hoursSentence,
  lectureSentence,
  partyGroupSentence,
  studySentence,
} from './templates.js';

describe('the sentences of the annual report', () => {
  const figures = bureauFigures();

  it('print every figure of the fictional bureau', () => {
    expect(studySentence(figures).text).toBe(
      '党组中心组全年共组织集体专题学习12次；机关党总支组织全体党员集中学习4次，下属3个党支部共组织各类学习30余次。',
    );
    expect(lectureSentence(figures).text).toBe(
      '本人为全体党员讲题为《学懂弄通做实》的专题党课1堂，共计3个学时，听课66人。',
    );
    expect(examSentence(figures).text).toBe(
      '组织党员参加省考学活动1次，应考66人，实考66人，参考率100%；65名党员达到80分以上，占98%以上。',
    );
    expect(fiveOnesSentence(figures).text).toBe(
      '以“五个一”活动为抓手：编印手册1本100问；宣讲1次、领导辅导1次；科室交流420次、专题交流会1次；知识竞赛1场；3个支部开展宣誓（重温誓词）3场。',
    );
    expect(partyGroupSentence(figures).text).toBe('党组会议研究机关党建工作4次，四个季度均已安排。');
    expect(hoursSentence(figures).text).toBe(
      '全年人均学时41.6，达到32学时64人，达标率96%以上；支部书记和委员达到56学时14人。',
    );
  });

  it('leave out what a lower unit does not have', () => {
    expect(studySentence(bureauFigures({ ownerKind: 'general-branch' })).text).toBe(
      '机关党总支组织全体党员集中学习4次，下属3个党支部共组织各类学习30余次。',
    );
    expect(studySentence(bureauFigures({ ownerKind: 'branch' })).text).toBe('党支部全年共组织各类学习30余次。');
    const printed = reportSections(bureauFigures({ ownerKind: 'branch' }), []).flatMap((section) =>
      section.sentences.map((each) => each.key),
    );
    expect(printed).toEqual(['study', 'lectures', 'exams', 'hours']);
  });

  it('carry both counts behind a share', () => {
    const slot = examSentence(figures).parts.find((part) => part.kind === 'slot' && part.slot === 'share');
    expect(slot).toMatchObject({ text: '98%以上', figures: [{ value: 65 }, { value: 66 }] });
    const ids = slot?.kind === 'slot' ? slot.figures.map((figure) => figure.trace.ids.length) : [];
    expect(ids).toEqual([65, 66]);
  });

  it('count several exams in 人次, because one person sat more than once', () => {
    const exams = {
      ...figures.exams,
      levels: ['central', 'city'] as const,
      exams: aFigure('考学活动次数', 2, 'times', 'exam'),
      due: aFigure('应考', 132, 'person-times'),
      sat: aFigure('实考', 130, 'person-times'),
      atLeast: aFigure('80分以上', 120, 'person-times'),
    };
    expect(examSentence(bureauFigures({ exams })).text).toBe(
      '组织党员参加中央、市考学活动2次，应考132人次，实考130人次，参考率98%以上；120人次达到80分以上，占92%以上。',
    );
  });

  it('name the quarters without a meeting on Party work', () => {
    const partyGroup = { ...figures.partyGroup, meetings: aFigure('会议', 2), quartersWithout: [2, 3] };
    expect(partyGroupSentence(bureauFigures({ partyGroup })).text).toBe(
      '党组会议研究机关党建工作2次，第二、三季度未安排。',
    );
  });

  it('keep a true zero apart from a missing record', () => {
    const noneReached = { ...figures.exams, atLeast: aFigure('80分以上人数', 0, 'persons', 'member') };
    expect(examSentence(bureauFigures({ exams: noneReached })).text).toContain('0名党员达到80分以上，占0%。');
    const nobodySat = { ...noneReached, sat: aFigure('实考人数', 0, 'persons', 'member') };
    expect(examSentence(bureauFigures({ exams: nobodySat })).text).toContain('实考【数据缺口：实考人数】人');
  });

  it('fault on a template and slots that do not agree', () => {
    expect(() => sentence('study', '{a}次', {})).toThrow('no slot a');
    expect(() => sentence('study', '次', { a: recorded(aFigure('a', 1)) })).toThrow('does not print a');
  });
});

describe('the sections of the report', () => {
  const contestMissing = bureauFigures({
    fiveOnes: { ...bureauFigures().fiveOnes, contests: aFigure('知识竞赛场数', 0, 'shows', 'contest') },
  });

  it('list every gap with its place', () => {
    expect(dataGaps(reportSections(bureauFigures(), []))).toEqual([]);
    expect(dataGaps(reportSections(contestMissing, []))).toEqual([
      { section: 'work-campaign', sentence: 'five-ones', slot: 'contests', label: '知识竞赛场数' },
    ]);
  });

  it('leave a sentence out, and its gaps with it, when people say why', () => {
    const omitted = [{ sentence: 'five-ones' as const, reason: '本年度未开展专题活动' }];
    const sections = reportSections(contestMissing, [
      { key: 'work-campaign', heading: '以专题活动为结合点', text: '', omitted },
    ]);
    expect(dataGaps(sections)).toEqual([]);
    expect(sections.find((section) => section.key === 'work-campaign')).toMatchObject({ sentences: [], omitted });
  });

  it('hold no generated sentence under problems and plans', () => {
    const sections = reportSections(bureauFigures(), []);
    expect(sections.map((section) => section.key).slice(-2)).toEqual(['problems', 'plans']);
    expect(sections.slice(-2).flatMap((section) => section.sentences)).toEqual([]);
    expect(emptyRequiredSections(sections)).toEqual(['problems', 'plans']);
  });
});
