import type { QuestionPicture } from '@xuekao/contracts';
import type { PdfBlock, PdfBubbleRow, PdfCell, PdfPicture, PdfStyle } from '@xuekao/platform';
import { formatPoints, hundredths } from '@xuekao/kernel';
import { letterAt, placesText } from '../core/index.js';
import type { PrintedMaterial, PrintedOption, PrintedPaper, PrintedQuestion } from '../core/index.js';

/** Pictures that can be printed, by id, in the size of the screen: 96 pixels an inch. */
export type PaperPictures = ReadonlyMap<string, PdfPicture>;

/** What stands above a printed paper. */
export interface PaperHead {
  readonly title: string;
  readonly limitMinutes: number;
  /** A, B, …; empty where there is one paper alone. */
  readonly variant: string;
  readonly isOpenBook: boolean;
}

const title: PdfStyle = { size: 18, weight: 'bold', align: 'center', after: 4 };
const sub: PdfStyle = { size: 10.5, align: 'center', after: 8 };
const heading: PdfStyle = { size: 12, weight: 'bold', before: 12, after: 4 };
const stem: PdfStyle = { size: 11, hanging: 22, before: 5 };
const optionStyle: PdfStyle = { size: 11, left: 22 };
const materialStyle: PdfStyle = { size: 10.5, left: 11, indent: 21, before: 8 };

const points = (marks: number): string => formatPoints(hundredths(marks));

function headBlocks({ title: name, variant, limitMinutes, isOpenBook }: PaperHead, paper: PrintedPaper): PdfBlock[] {
  const mark = variant === '' ? '' : `（${variant} 卷）`;
  const book = isOpenBook ? '开卷' : '闭卷';
  return [
    { kind: 'text', text: `${name}${mark}`, style: title },
    {
      kind: 'text',
      text: `${book}　时长 ${limitMinutes} 分钟　共 ${paper.count} 题　满分 ${points(paper.full)} 分`,
      style: sub,
    },
    {
      kind: 'row',
      style: { size: 10.5, after: 6 },
      cells: [
        { text: '姓名：＿＿＿＿＿＿', share: 0.3 },
        { text: '工号：＿＿＿＿＿＿＿', share: 0.32 },
        { text: '所在支部：＿＿＿＿＿＿＿＿', share: 0.38 },
      ],
    },
  ];
}

/** Heights that leave a page room for more than one picture. */
const mostHigh = { stem: 240, option: 110 } as const;

function fitted(picture: PdfPicture, { alt }: QuestionPicture, most: number): PdfPicture {
  const scale = Math.min(1, most / picture.height);
  return { ...picture, alt, width: picture.width * scale, height: picture.height * scale };
}

/** Pictures below one another; what cannot be printed stands there in words. */
function pictureBlocks(shown: readonly QuestionPicture[], pictures: PaperPictures, style: PdfStyle): PdfBlock[] {
  return shown.map((each): PdfBlock => {
    const found = pictures.get(each.id);
    const left = style.left ?? 0;
    if (!found) return { kind: 'text', text: inWords(each), style: { size: style.size, left } };
    return { kind: 'picture', left, picture: fitted(found, each, mostHigh.stem) };
  });
}

const inWords = ({ alt }: QuestionPicture): string => `〔图：${alt}〕`;

/** An option's text, with its picture in words where that cannot be printed. */
function textOf({ text, picture }: PrintedOption, pictures: PaperPictures): string {
  const words = picture && !pictures.has(picture.id) ? inWords(picture) : '';
  return [text, words].filter((part) => part !== '').join(' ');
}

function pictureOf({ picture }: PrintedOption, pictures: PaperPictures): PdfPicture | undefined {
  const found = picture ? pictures.get(picture.id) : undefined;
  return found && picture ? fitted(found, picture, mostHigh.option) : undefined;
}

/** Short options share a line: four, two or one, all of the same width, as printed papers have them. */
export function optionsPerLine(options: readonly string[]): number {
  const longest = Math.max(0, ...options.map((option) => [...option].length));
  if (longest <= 6 && options.length > 2) return 4;
  return longest <= 16 ? 2 : 1;
}

function optionBlocks(options: readonly PrintedOption[], pictures: PaperPictures): PdfBlock[] {
  const plain = options.map((option) => textOf(option, pictures));
  const texts = plain.map((text, place) => `${letterAt(place)}. ${text}`);
  const drawn = options.map((option) => pictureOf(option, pictures));
  const each = drawn.some((picture) => picture) ? 2 : optionsPerLine(plain);
  if (each === 1) return texts.map((text) => ({ kind: 'text', text, style: { ...optionStyle, hanging: 18 } }));
  return Array.from({ length: Math.ceil(texts.length / each) }, (_, line) => ({
    kind: 'row',
    style: optionStyle,
    cells: texts
      .slice(line * each, (line + 1) * each)
      .map((text, at) => ({ text, share: 1 / each, picture: drawn[line * each + at] })),
  }));
}

function answerRoom({ type, options, rights }: PrintedQuestion, pictures: PaperPictures): PdfBlock[] {
  switch (type) {
    case 'single':
    case 'multiple':
      return optionBlocks(options, pictures);
    case 'true-false':
    case 'blank':
      return [];
    case 'ordering':
      return [
        ...optionBlocks(options, pictures),
        { kind: 'text', text: '正确顺序：＿＿＿＿＿＿＿＿＿＿', style: optionStyle },
      ];
    case 'matching':
      return [
        ...Array.from({ length: Math.max(options.length, rights.length) }, (_, row): PdfBlock => ({
          kind: 'row',
          style: optionStyle,
          cells: [
            sideCell(`${row + 1}. `, options[row], pictures),
            sideCell(`${letterAt(row)}. `, rights[row], pictures),
          ],
        })),
        { kind: 'text', text: options.map((_, row) => `${row + 1}—（　　）`).join('　'), style: optionStyle },
      ];
    case 'short-answer':
      return [{ kind: 'writing', lines: 6, left: 22 }];
  }
}

function sideCell(mark: string, option: PrintedOption | undefined, pictures: PaperPictures): PdfCell {
  if (!option) return { text: '', share: 0.5 };
  return { text: `${mark}${textOf(option, pictures)}`, share: 0.5, picture: pictureOf(option, pictures) };
}

/** `阅读材料，回答第 21–24 题`, then the title. */
const materialHead = (material: PrintedMaterial): string =>
  `阅读材料，回答${placesText(material)}${material.title === '' ? '' : `　${material.title}`}`;

function questionBlocks(question: PrintedQuestion, pictures: PaperPictures): PdfBlock[] {
  const { place, type, stem: text, material } = question;
  const choice = type === 'single' || type === 'multiple' || type === 'true-false';
  const room = choice && !/（\s*）/u.test(text) ? '（　　）' : '';
  const blocks: PdfBlock[] = [
    { kind: 'text', text: `${place}. ${text}${room}`, style: stem },
    ...pictureBlocks(question.pictures, pictures, { ...stem, left: 22 }),
    ...(question.type === 'short-answer' ? [] : answerRoom(question, pictures)),
  ];
  const above: PdfBlock[] = material
    ? [
        {
          kind: 'together',
          blocks: [
            { kind: 'text', text: materialHead(material), style: { ...materialStyle, weight: 'bold', indent: 0 } },
            { kind: 'text', text: material.text, style: { ...materialStyle, before: 0 } },
          ],
        },
        ...pictureBlocks(material.pictures, pictures, materialStyle),
      ]
    : [];
  const below = question.type === 'short-answer' ? answerRoom(question, pictures) : [];
  return [...above, { kind: 'together', blocks }, ...below];
}

/** The paper itself: no key in it. A heading never stands alone at the foot of a page. */
export function paperSheet(head: PaperHead, paper: PrintedPaper, pictures: PaperPictures = new Map()): PdfBlock[] {
  return [
    ...headBlocks(head, paper),
    ...paper.sections.flatMap((section): PdfBlock[] => {
      const [first = [], ...others] = section.questions.map((question) => questionBlocks(question, pictures));
      const text: PdfBlock = { kind: 'text', text: section.heading, style: heading };
      return [{ kind: 'together', blocks: [text, ...first] }, ...others.flat()];
    }),
  ];
}

const keyRow: PdfStyle = { size: 10.5, leading: 1.8 };

interface KeyGroup {
  readonly material: PrintedMaterial | null;
  readonly questions: readonly PrintedQuestion[];
}

/** The questions of a section on their own, and those of each material; in their order. */
function keyGroups(questions: readonly PrintedQuestion[]): KeyGroup[] {
  const groups: { material: PrintedMaterial | null; questions: PrintedQuestion[] }[] = [];
  for (const question of questions) {
    const last = groups.at(-1);
    const isOpen = last && (last.material === null || question.place <= last.material.last);
    if (isOpen && question.material === null) last.questions.push(question);
    else groups.push({ material: question.material, questions: [question] });
  }
  return groups;
}

function keyBlocks({ material, questions }: KeyGroup): PdfBlock[] {
  const short = questions.filter(isLetters);
  const long = questions.filter((question) => !isLetters(question));
  const about = material && [`材料题${placesText(material)}`, material.title].filter((part) => part !== '').join('　');
  return [
    ...(about ? [{ kind: 'text', text: about, style: { ...keyRow, before: 4 } } satisfies PdfBlock] : []),
    ...Array.from({ length: Math.ceil(short.length / 5) }, (_, line): PdfBlock => {
      const own = short.slice(line * 5, line * 5 + 5);
      const cells = own.map(({ place, answer }) => ({ text: `${place}. ${answer}`, share: 0.2 }));
      return { kind: 'row', bordered: true, style: keyRow, cells };
    }),
    ...long.map(({ place, answer, marks }): PdfBlock => ({
      kind: 'text',
      text: `${place}. ${answer}（${points(marks)} 分）`,
      style: { ...stem, leading: 1.6 },
    })),
  ];
}

/** Answers by section and material: a table of five a row for letters, a line each for what is written. */
export function keySheet({ title: name, variant }: PaperHead, paper: PrintedPaper): PdfBlock[] {
  const mark = variant === '' ? '' : `（${variant} 卷）`;
  return [
    { kind: 'text', text: `${name}${mark}参考答案`, style: title },
    ...paper.sections.flatMap((section): PdfBlock[] => [
      { kind: 'text', text: section.heading, style: heading },
      ...keyGroups(section.questions).flatMap(keyBlocks),
    ]),
  ];
}

const isLetters = ({ type }: PrintedQuestion): boolean =>
  type === 'single' || type === 'multiple' || type === 'true-false';

function bubblesOf(question: PrintedQuestion): PdfBubbleRow {
  const signs = question.type === 'true-false' ? ['√', '×'] : question.options.map((_, place) => letterAt(place));
  return { label: String(question.place), signs };
}

/** Boxes for choices, lines for the rest, under the numbers of this paper. */
export function answerSheet(head: PaperHead, paper: PrintedPaper): PdfBlock[] {
  const all = paper.sections.flatMap((section) => section.questions);
  const choices = all.filter(isLetters);
  const written = all.filter((question) => !isLetters(question));
  const widest = Math.max(2, ...choices.map((question) => bubblesOf(question).signs.length));
  const mark = head.variant === '' ? '' : `（${head.variant} 卷）`;
  return [
    { kind: 'text', text: `${head.title}${mark}答题卡`, style: title },
    ...headBlocks(head, paper).slice(2),
    {
      kind: 'text',
      text: '选择题请用 2B 铅笔把所选方框涂满；判断题正确涂 √，错误涂 ×。其余各题用黑色字迹书写。',
      style: { size: 9, after: 8 },
    },
    { kind: 'bubbles', columns: widest <= 4 ? 4 : widest <= 6 ? 3 : 2, rows: choices.map(bubblesOf) },
    ...written.flatMap((question): PdfBlock[] => [
      {
        kind: 'together',
        blocks: [
          { kind: 'text', text: `${question.place}.`, style: { ...stem, before: 8 } },
          { kind: 'writing', lines: question.type === 'short-answer' ? 8 : 1, left: 22 },
        ],
      },
    ]),
  ];
}
