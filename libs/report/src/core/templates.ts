import { examLevels, type AnnualFigures, type Sentence, type SentenceKey, type UnitKind } from '@xuekao/contracts';
import { mean, partOf, phrase, recorded, rough, sentence, share, unitWord } from './sentence.js';
import { bookTitle, chineseOrdinal, hoursText } from './wording.js';

/** Source of all templates: domain.md §1.4. */
export function studySentence({ study, branches, ownerKind }: AnnualFigures): Sentence {
  const studyGroup = recorded(study.studyGroup);
  const own = { branch: rough(study.branch) };
  if (ownerKind === 'branch') return sentence('study', '党支部全年共组织各类学习{branch}次。', own);
  const lower = { generalBranch: recorded(study.generalBranch), branches: recorded(branches), ...own };
  const name = ownerKind === 'party-committee' ? '机关党委' : '机关党总支';
  const clause = `${name}组织全体党员集中学习{generalBranch}次，下属{branches}个党支部共组织各类学习{branch}次。`;
  return ownerKind === 'general-branch'
    ? sentence('study', clause, lower)
    : sentence('study', `党组中心组全年共组织集体专题学习{studyGroup}次；${clause}`, { studyGroup, ...lower });
}

export function lectureSentence({ lectures }: AnnualFigures): Sentence {
  const speaker = lectures.byAuthor ? '本人' : '全年';
  return sentence(
    'lectures',
    `${speaker}为全体党员讲题为{titles}的专题党课{lessons}堂，共计{hours}个学时，听课{listeners}${unitWord(lectures.listeners)}。`,
    {
      titles: phrase(lectures.titles.map(bookTitle).join('、'), '党课课题'),
      lessons: recorded(lectures.lessons),
      hours: recorded(lectures.hours),
      listeners: recorded(lectures.listeners),
    },
  );
}

/** Several exams are counted in 人次, because one person sat more than once. */
export function examSentence({ exams }: AnnualFigures): Sentence {
  const unit = unitWord(exams.due);
  const who = exams.due.unit === 'persons' ? '名党员' : '人次';
  return sentence(
    'exams',
    `组织党员参加{levels}考学活动{exams}次，应考{due}${unit}，实考{sat}${unit}，参考率{participation}；{atLeast}${who}达到${hoursText(exams.threshold)}分以上，占{share}。`,
    {
      levels: phrase(exams.levels.map((level) => examLevels[level]).join('、'), '考学活动级别'),
      exams: recorded(exams.exams),
      due: recorded(exams.due),
      sat: recorded(exams.sat),
      participation: share(exams.sat, exams.due, '参考率'),
      atLeast: partOf(exams.atLeast, exams.sat),
      share: share(exams.atLeast, exams.sat, '达到分数线的占比'),
    },
  );
}

export function fiveOnesSentence({ fiveOnes, branches }: AnnualFigures): Sentence {
  return sentence(
    'five-ones',
    '以“五个一”活动为抓手：编印手册{handbooks}本{entries}问；宣讲{lectureTours}次、领导辅导{tutoring}次；科室交流{departmentExchanges}次、专题交流会{thematicExchanges}次；知识竞赛{contests}场；{branches}个支部开展宣誓（重温誓词）{oaths}场。',
    {
      handbooks: recorded(fiveOnes.handbooks),
      entries: recorded(fiveOnes.entries),
      lectureTours: recorded(fiveOnes.lectureTours),
      tutoring: recorded(fiveOnes.tutoring),
      departmentExchanges: recorded(fiveOnes.departmentExchanges),
      thematicExchanges: recorded(fiveOnes.thematicExchanges),
      contests: recorded(fiveOnes.contests),
      branches: recorded(branches),
      oaths: recorded(fiveOnes.oaths),
    },
  );
}

export function partyGroupSentence({ partyGroup }: AnnualFigures): Sentence {
  const { meetings, quartersWithout } = partyGroup;
  const quarters =
    quartersWithout.length === 0 ? '四个季度均已' : `第${quartersWithout.map(chineseOrdinal).join('、')}季度未`;
  return sentence('party-group', '党组会议研究机关党建工作{meetings}次，{quarters}安排。', {
    meetings: recorded(meetings),
    quarters: phrase(meetings.value === 0 ? '' : quarters, '党组会议按季度安排情况'),
  });
}

export function hoursSentence({ hours }: AnnualFigures): Sentence {
  return sentence(
    'hours',
    `全年人均学时{mean}，达到${hoursText(hours.target)}学时{reached}人，达标率{share}；支部书记和委员达到${hoursText(hours.committeeTarget)}学时{committee}人。`,
    {
      mean: mean(hours.total, hours.members, '人均学时'),
      reached: partOf(hours.reached, hours.members),
      share: share(hours.reached, hours.members, '学时达标率'),
      committee: partOf(hours.committeeReached, hours.committee),
    },
  );
}

export const sentenceWriters: Readonly<Record<SentenceKey, (figures: AnnualFigures) => Sentence>> = {
  study: studySentence,
  lectures: lectureSentence,
  exams: examSentence,
  'five-ones': fiveOnesSentence,
  'party-group': partyGroupSentence,
  hours: hoursSentence,
};

const ofBranch: readonly SentenceKey[] = ['study', 'lectures', 'exams', 'hours'];

/** Which sentences a unit of this kind prints: a branch has no 党组 and no “五个一” of its own. */
export function sentencesOf(kind: UnitKind): readonly SentenceKey[] {
  if (kind === 'branch' || kind === 'party-small-group') return ofBranch;
  return kind === 'general-branch' ? [...ofBranch, 'five-ones'] : [...ofBranch, 'five-ones', 'party-group'];
}
