import { chapter01 } from './chapter-01.js';
import { chapter02 } from './chapter-02.js';
import { chapter03 } from './chapter-03.js';
import { chapter04 } from './chapter-04.js';
import { chapter05 } from './chapter-05.js';
import { chapter06 } from './chapter-06.js';
import { chapter07 } from './chapter-07.js';
import { chapter08 } from './chapter-08.js';
import { chapter09 } from './chapter-09.js';
import { chapter10 } from './chapter-10.js';
import { chapter11 } from './chapter-11.js';
import type { HandbookContent } from './handbook-content.js';

export type { HandbookChapterContent, HandbookContent, HandbookEntryContent } from './handbook-content.js';

export const handbookContent2017: HandbookContent = {
  title: '百问百答',
  edition: '2017年版（依据党的十九大报告和2017年党章）',
  preface: `本手册供党员学习和备考使用，以问答形式讲解党的十九大报告、2017年《中国共产党章程》以及有关准则、条例和意见中的知识点。

- **答案**是编者用自己的话写的说明，原则的名称、条文的关键句按原文引用；学习时请以文件原文为准。
- **版本**写在每条的出处里。2017年版党章的文字，凡后来的文本已有修改而本手册已核对的，标明了适用的截止时间。
- **2018年、2019年的规定**单独注明施行时间；这些规定在2017年尚未出台，不能用来评判当年的工作。

全书分十一章，可以按章学习，也可以按关键词查找；每条后面列出相关条目，便于对照容易混淆的内容。`,
  chapters: [
    chapter01,
    chapter02,
    chapter03,
    chapter04,
    chapter05,
    chapter06,
    chapter07,
    chapter08,
    chapter09,
    chapter10,
    chapter11,
  ],
};
