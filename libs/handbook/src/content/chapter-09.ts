import type { HandbookChapterContent, HandbookEntryContent } from './handbook-content.js';

type Source = Pick<HandbookEntryContent, 'sourceDocument' | 'documentVersion' | 'validFrom' | 'validTo'>;

const integrityCode2015 = {
  sourceDocument: '《中国共产党廉洁自律准则》',
  documentVersion: '2015',
  validFrom: '2016-01-01',
  validTo: null,
} satisfies Source;

const politicalLifeNorms2016 = {
  sourceDocument: '《关于新形势下党内政治生活的若干准则》',
  documentVersion: '2016-10-27',
  validFrom: '2016-10-27',
  validTo: null,
} satisfies Source;

const supervisionRules2016 = {
  sourceDocument: '《中国共产党党内监督条例》',
  documentVersion: '2016-10-27',
  validFrom: '2016-10-27',
  validTo: null,
} satisfies Source;

const studyGroupRules2017 = {
  sourceDocument: '《中国共产党党委（党组）理论学习中心组学习规则》',
  documentVersion: '2017-01-30',
  validFrom: '2017-01-30',
  validTo: null,
} satisfies Source;

export const chapter09: HandbookChapterContent = {
  number: 9,
  title: '准则条例',
  summary: '廉洁自律准则、党内政治生活若干准则、党内监督条例和中心组学习规则。',
  entries: [
    {
      key: 'f279',
      question: '《中国共产党廉洁自律准则》的篇幅和结构是怎样的？',
      answer: `2015年的《中国共产党廉洁自律准则》共**八条、281字**，由三部分组成：

1. **导语**；
2. **党员**廉洁自律规范；
3. **党员领导干部**廉洁自律规范。

篇幅短，是因为它采用**正面倡导**的写法，重在**立德**；同它相配的纪律处分条例开列**负面清单**，重在**立规**。一个说“应当怎样”，一个说“不能怎样”，这组对比常出判断题。

记规模时抓两个数字：条数是“八”，字数是“281”。另外，不要把它同《关于新形势下党内政治生活的若干准则》混为一谈，两者都称“准则”，年份和内容都不同。`,
      facts: ['279', '281', '285'],
      ...integrityCode2015,
      sourceArticle: '全文结构',
      keywords: ['廉洁自律准则', '八条', '281字'],
      related: ['f281', 'f291'],
    },
    {
      key: 'f281',
      question: '廉洁自律准则的党员规范处理哪四组关系？',
      answer: `2015年准则中的党员廉洁自律规范，围绕四组关系展开：

- **公与私**
- **廉与腐**
- **俭与奢**
- **苦与乐**

每组由两个相对的词组成，前一个是条文提倡的方面或者先说的方面，后一个与之相对。四组的首字是“公、廉、俭、苦”，照此默写，次序就不会乱。

多选题的干扰项常造出“义与利”“权与责”“得与失”等组合，形式很像，但不在四组之内。还要看清题干问的是“党员规范”还是“领导干部规范”：这四组关系属于面向**全体党员**的部分。`,
      facts: ['281', '279'],
      ...integrityCode2015,
      sourceArticle: '党员廉洁自律规范',
      keywords: ['公与私', '廉与腐', '俭与奢', '苦与乐'],
      related: ['f279'],
    },
    {
      key: 'f291',
      question: '《关于新形势下党内政治生活的若干准则》何时通过？',
      answer: `**2016年10月27日**，党的十八届六中全会通过了《关于新形势下党内政治生活的若干准则》。

记忆时抓三点：会议是“十八届**六中**全会”，时间是“2016年10月27日”，名称里有“**新形势下**”四字。这次全会以全面从严治党为主题，公报明确了“以习近平同志为核心的党中央”的提法。

同一次全会还通过了另一部法规，即《中国共产党党内监督条例》。题目若问“通过了哪两部文件”，两个都要选；廉洁自律准则是2015年的文件，不属于这次全会。`,
      facts: ['291', '292', '293'],
      ...politicalLifeNorms2016,
      sourceArticle: '通过信息',
      keywords: ['若干准则', '六中全会', '2016年'],
      related: ['f292', 'f279'],
    },
    {
      key: 'f292',
      question: '与“若干准则”同时通过的还有哪部党内法规？',
      answer: `是**《中国共产党党内监督条例》**。它与《关于新形势下党内政治生活的若干准则》一起，由党的十八届六中全会在2016年10月27日通过。

两部法规可以成对记忆：“准则”规范党内**政治生活**，“条例”规范党内**监督**，日期和会议都相同。

单选题的干扰项，多用同一时期名称相近的条例，例如问责条例、纪律处分条例、巡视工作条例。排除的方法是看题干有没有“十八届六中全会”：题干若说“与若干准则同时通过”，就选党内监督条例。`,
      facts: ['292', '291'],
      ...supervisionRules2016,
      sourceArticle: '通过信息',
      keywords: ['党内监督条例', '六中全会'],
      related: ['f291', 'f281'],
    },
    {
      key: 'f303',
      question: '党委（党组）理论学习中心组的学习规则是怎样的？',
      answer: `《中国共产党党委（党组）理论学习中心组学习规则》于**2017年1月30日**印发，共**五章十七条**。

规则中常考的内容有：

- **性质**：领导班子和领导干部在职理论学习的重要组织形式；
- **第一责任人**：党委（党组）书记；
- **根本**：政治学习；
- **首要任务**：深入学习中国特色社会主义理论体系；
- **重点**：深入学习习近平总书记系列重要讲话精神。

“根本、首要任务、重点”三个词各有所指，是最易串位的地方，作答前先圈出题干里的词。`,
      facts: ['303', '304', '305', '306'],
      ...studyGroupRules2017,
      sourceArticle: '全文结构',
      keywords: ['中心组', '学习规则', '第一责任人'],
      related: ['f317', 'f291'],
    },
  ],
};
