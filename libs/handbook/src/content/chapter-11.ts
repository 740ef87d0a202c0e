import type { HandbookChapterContent, HandbookEntryContent } from './handbook-content.js';

type Source = Pick<HandbookEntryContent, 'sourceDocument' | 'documentVersion' | 'validFrom' | 'validTo'>;

const partyHistory = {
  sourceDocument: '党史资料（党的历次全国代表大会）',
  documentVersion: '2017',
  validFrom: '2017-10-18',
  validTo: null,
} satisfies Source;

export const chapter11: HandbookChapterContent = {
  number: 11,
  title: '党史常识',
  summary: '党的第一次和第七次全国代表大会的时间、地点和代表情况。',
  entries: [
    {
      key: 'f347',
      question: '党的一大何时何地召开？有多少名代表？',
      answer: `党的一大于**1921年7月23日**在**上海**开幕，后来转移到**嘉兴南湖**；出席的代表有**13名**，代表全国**50多名**党员。

数字要分清楚：“13”是**代表**的人数，“50多”是当时**党员**的人数。地点有两个，题目问“开幕地点”时答上海，问“后来转移到哪里”时答嘉兴南湖。

接下来的二大于1922年7月16日至23日在上海召开，代表195名党员。两次大会都有“7月23日”这个日子，一大是开幕日，二大是闭幕日，容易记混，写答案时要把年份一起写出。`,
      facts: ['347', '348'],
      ...partyHistory,
      sourceArticle: '党的一大',
      keywords: ['一大', '上海', '嘉兴南湖', '1921年'],
      related: ['f351', 'f002'],
    },
    {
      key: 'f351',
      question: '党的七大是什么时候、在哪里召开的？',
      answer: `党的七大于**1945年4月23日至6月11日**在**延安杨家岭**召开，代表全国**121万名**党员。

按届次排列前几次大会的地点，有助于定位：一大在上海开幕，后转移到嘉兴南湖；二大在上海；三大在广州；四大在上海；五大在武汉；六大在莫斯科；七大在延安；八大在北京。其中上海出现三次，只有六大在国外。

七大的会期跨越四月、五月、六月，单选题会拿“4月23日至6月11日”与八大的“9月15日至27日”互相干扰，先认准年份：七大1945年，八大1956年。`,
      facts: ['351', '347', '350', '353'],
      ...partyHistory,
      sourceArticle: '党的七大',
      keywords: ['七大', '延安', '杨家岭', '1945年'],
      related: ['f347', 'f002'],
    },
  ],
};
