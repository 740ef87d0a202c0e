import { difficulties } from '@xuekao/contracts';
import { difficultyOf, marksOf, marksText } from './file-question.js';
import type { FileQuestion } from './file-question.js';

/**
 * What exchange formats have no place for, as lines of `名称：内容` in a comment, tag or note for authors. Line breaks inside are
 * written `\n`, so that each stays one line. Readers take them back; other programs pass over them.
 */
const folded = (text: string): string => text.replace(/\\/gu, '\\\\').replace(/\r\n?|\n/gu, '\\n');
const unfolded = (text: string): string =>
  text.replace(/\\(n|\\)/gu, (_all, sign: string) => (sign === 'n' ? '\n' : '\\'));

export type MetaField =
  | 'code'
  | 'explanation'
  | 'source'
  | 'difficulty'
  | 'topic'
  | 'marks'
  | 'reference'
  | 'rubric'
  | 'materialTitle'
  | 'material'
  | 'orderFree'
  | 'spareRights';

const names: Readonly<Record<MetaField, string>> = {
  code: '题号',
  explanation: '解析',
  source: '出处',
  difficulty: '难度',
  topic: '专题',
  marks: '分值',
  reference: '参考答案',
  rubric: '评分要点',
  materialTitle: '材料标题',
  material: '材料',
  orderFree: '顺序不限',
  spareRights: '多余选项',
};

function valueOf(question: FileQuestion, field: MetaField): string {
  switch (field) {
    case 'difficulty':
      return question.difficulty === null ? '' : difficulties[question.difficulty];
    case 'marks':
      return question.marks === null ? '' : marksText(question.marks);
    case 'rubric':
      return question.rubric.join('\n');
    case 'spareRights':
      return question.spareRights.map(folded).join('\n');
    case 'materialTitle':
      return question.material?.title ?? '';
    case 'material':
      return question.material?.text ?? '';
    case 'orderFree':
      return question.orderFree ? '是' : '';
    default:
      return question[field];
  }
}

export function metaLines(question: FileQuestion, fields: readonly MetaField[]): string[] {
  return fields.flatMap((field) => {
    const value = valueOf(question, field);
    return value === '' ? [] : [`${names[field]}：${folded(value)}`];
  });
}

export type Meta = Partial<Record<MetaField, string>>;

/** Lines that are no such field are passed over. */
export function metaFrom(lines: readonly string[]): Meta {
  const meta: Meta = {};
  for (const line of lines) {
    const match = /^\s*([^：:]{2,6})\s*[：:]\s*(.*)$/su.exec(line);
    const field = match && (Object.keys(names) as MetaField[]).find((name) => names[name] === match[1]);
    if (match && field) meta[field] = unfolded(match[2]!.trim());
  }
  return meta;
}

/** The question with what the lines said; they do not put out what the format itself says. */
export function withMeta(question: FileQuestion, meta: Meta): FileQuestion {
  const lines = (text: string | undefined): string[] => (text ? text.split('\n') : []);
  return {
    ...question,
    code: question.code || (meta.code ?? ''),
    explanation: question.explanation || (meta.explanation ?? ''),
    source: question.source || (meta.source ?? ''),
    topic: meta.topic ?? question.topic,
    difficulty: question.difficulty ?? (meta.difficulty ? (difficultyOf(meta.difficulty) ?? null) : null),
    marks: question.marks ?? (meta.marks ? (marksOf(meta.marks) ?? null) : null),
    reference: question.reference || (meta.reference ?? ''),
    rubric: question.rubric.length > 0 ? question.rubric : lines(meta.rubric),
    spareRights: question.spareRights.length > 0 ? question.spareRights : lines(meta.spareRights).map(unfolded),
    orderFree: question.orderFree || meta.orderFree === '是',
    material:
      question.material ??
      (meta.material
        ? { title: meta.materialTitle ?? [...meta.material].slice(0, 30).join(''), text: meta.material }
        : null),
  };
}
