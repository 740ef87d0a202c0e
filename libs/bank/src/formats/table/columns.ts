import { normalText } from '@xuekao/kernel';

export type TableColumn =
  | 'code'
  | 'type'
  | 'stem'
  | 'options'
  | 'answer'
  | 'explanation'
  | 'source'
  | 'difficulty'
  | 'topic'
  | 'marks'
  | 'rubric'
  | 'materialTitle'
  | 'material';

/** The first name is the one of our own template. */
export const columnNames: Readonly<Record<TableColumn, readonly string[]>> = {
  code: ['题号', '编号', '试题编号', '题目编号', '代码'],
  type: ['题型', '类型', '题目类型', '试题类型', '题目题型'],
  stem: ['题干', '题目', '试题', '问题', '题目内容', '试题内容', '题干内容', '试题题干', '题目描述'],
  options: ['选项', '备选项', '备选答案', '候选项', '选项内容'],
  answer: ['答案', '正确答案', '标准答案', '参考答案', '正确选项', '试题答案', '题目答案'],
  explanation: ['解析', '答案解析', '试题解析', '题目解析', '详解', '说明'],
  source: ['出处', '来源', '依据', '试题来源'],
  difficulty: ['难度', '难易度', '难易程度', '难度等级', '难度系数'],
  topic: ['专题', '知识点', '分类', '章节', '考点', '题目分类'],
  marks: ['分值', '分数', '每题分值'],
  rubric: ['评分要点', '评分标准', '采分点'],
  materialTitle: ['材料标题'],
  material: ['材料', '材料内容', '背景材料'],
};

export const optionLetters = 'ABCDEFGHIJ';

export interface TableLayout {
  readonly columns: ReadonlyMap<TableColumn, number>;
  /** Places of the columns A, B, C … in their order. */
  readonly options: readonly number[];
}

const plain = (title: string): string =>
  normalText(title)
    .replace(/[\s*:()（）【】[\]必填选]/gu, '')
    .replace(/[^\p{L}\p{N}]/gu, '');

function optionIndex(title: string): number | undefined {
  const match = /^(?:(?:备选)?项?选?项?|答案|option)?([a-j])(?:项|选项)?$|^(?:选?项|option)(\d{1,2})$/u.exec(
    title.replace(/^选项?|^备选/u, '项'),
  );
  if (!match) return undefined;
  const index = match[1] ? match[1].charCodeAt(0) - 97 : Number(match[2]) - 1;
  return index >= 0 && index < optionLetters.length ? index : undefined;
}

/** Where each column stands, whatever their order; undefined where a row is no header: it names no stem and no answer. */
export function layoutOf(titles: readonly string[]): TableLayout | undefined {
  const columns = new Map<TableColumn, number>();
  const options = new Map<number, number>();
  const names = (Object.keys(columnNames) as TableColumn[]).map(
    (column) => [column, columnNames[column].map(plain)] as const,
  );
  for (const [at, title] of titles.entries()) {
    const word = plain(title);
    if (word === '') continue;
    const named = names.find(([column, all]) => !columns.has(column) && all.includes(word));
    if (named) columns.set(named[0], at);
    else {
      const index = optionIndex(word);
      if (index !== undefined && !options.has(index)) options.set(index, at);
    }
  }
  if (!columns.has('stem') || !(columns.has('answer') || columns.has('type'))) return undefined;
  const last = Math.max(-1, ...options.keys());
  return { columns, options: Array.from({ length: last + 1 }, (_, index) => options.get(index) ?? -1) };
}

export function columnLetter(index: number): string {
  return index < 26
    ? String.fromCharCode(65 + index)
    : columnLetter(Math.floor(index / 26) - 1) + columnLetter(index % 26);
}
