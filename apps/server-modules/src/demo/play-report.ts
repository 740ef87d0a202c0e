import type { INestApplicationContext } from '@nestjs/common';
import type { SectionKey } from '@xuekao/contracts';
import { civilDate, instantAt } from '@xuekao/kernel';
import { AppConfig, runAs } from '@xuekao/platform';
import { ReportService } from '@xuekao/report';
import { actorOf, officer } from './play-bureau.js';
import type { PlayedBureau } from './play-bureau.js';
import type { ScriptedClock } from './scripted-clock.js';

/** What people write themselves; the product never drafts it. Fictional, like the bureau. */
const humanText: Readonly<Partial<Record<SectionKey, string>>> = {
  introduction:
    '2017年，在市委和市直机关工委的领导下，局党组坚持把学习贯彻党的十九大精神作为首要政治任务，机关党的建设与安全监管工作同谋划、同部署、同检查，各项学习任务按计划完成。现将有关情况报告如下。',
  problems: [
    '（一）组织生活时间安排不够合理。三个党支部各有三至四个科室，业务节点不一，个别集中学习有党员因公请假，补学跟进还不及时。',
    '（二）学用结合不够紧密。部分支部的学习以读文件、谈体会为主，围绕安全监管难题开展的专题研讨偏少。',
    '（三）督促指导不够经常。对支部学习计划的落实情况以年底检查为主，平时了解不多。',
  ].join('\n'),
  plans: [
    '（一）提前排好全年学习计划。兼顾各科室业务节点，必要时分批开展，对请假党员一周内安排补学。',
    '（二）把学习成果用到监管一线。每个支部每季度至少围绕一个监管难题开展一次专题研讨，并列出落实事项。',
    '（三）按季度检查支部学习情况。对发现的问题当面反馈、限期改进，结果在下一次党组会议上报告。',
  ].join('\n'),
};

/** The secretary's report on the year, a draft with its human text written and no data gap left. */
export async function playReport(
  app: INestApplicationContext,
  clock: Pick<ScriptedClock, 'now' | 'moveTo'>,
  bureau: PlayedBureau,
): Promise<string> {
  clock.moveTo(instantAt(civilDate('2017-12-29'), '15:00', app.get(AppConfig).zone));
  return runAs(actorOf(bureau, officer), async () => {
    const reports = app.get(ReportService);
    const { report } = await reports.create({
      year: 2017,
      unitId: bureau.partyGroup,
      authorMemberId: bureau.members[0]!.id,
      signedOn: civilDate('2017-12-29'),
    });
    for (const [section, text] of Object.entries(humanText)) {
      await reports.writeSection(report.id, section as SectionKey, { version: 0, heading: '', text, omitted: [] });
    }
    return report.id;
  });
}
