import { createHash } from 'node:crypto';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { pngOf } from '@xuekao/platform/testing';
import { fileQuestion } from '../src/formats/file-question.js';
import type { FilePicture, FileQuestion } from '../src/formats/file-question.js';

/*
 * What other programs expect of our files, by rules of our own wording and a tree of our own, so that a mistake of the
 * readers is not a mistake of the check. Sources: QTI 2.2 and 3.0 ASI and packaging schemas (1EdTech), Moodle's XML format.
 */

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
});

export function treeOf(xml: string): Element {
  expect(XMLValidator.validate(xml)).toBe(true);
  type Raw = Readonly<Record<string, unknown>>;
  const of = (raw: Raw): Element | undefined => {
    const name = Object.keys(raw).find((key) => key !== ':@' && !key.startsWith('#') && !key.startsWith('?'));
    if (name === undefined) return undefined;
    const inner = raw[name] as readonly Raw[];
    return {
      name,
      attributes: (raw[':@'] ?? {}) as Record<string, string>,
      children: inner.flatMap((each) => of(each) ?? []),
      text: inner.map((each) => ('#text' in each ? String(each['#text']) : '')).join(''),
    };
  };
  const roots = (parser.parse(xml) as readonly Raw[]).flatMap((each) => of(each) ?? []);
  expect(roots).toHaveLength(1);
  return roots[0]!;
}

export function* within(element: Element): Generator<Element> {
  yield element;
  for (const child of element.children) yield* within(child);
}

/** Children in this order and no others: `a` once, `a?` at most once, `a*` any number, `a+` at least once. */
export function expectOrder(element: Element, rule: string): void {
  const parts = rule.split(' ').filter((part) => part !== '');
  const pattern = parts.map((part) => {
    const [, names, times = ''] = /^([^?*+]+)([?*+]?)$/u.exec(part)!;
    return `(?:(?:${names!.split('|').join('|')}) )${times}`;
  });
  const found = element.children.map((child) => `${child.name} `).join('');
  expect([element.name, found]).toEqual([
    element.name,
    expect.stringMatching(new RegExp(`^${pattern.join('')}$`, 'u')),
  ]);
}

export function expectAttributes(element: Element, needed: readonly string[], more: readonly string[] = []): void {
  const names = Object.keys(element.attributes);
  expect([element.name, needed.filter((name) => !names.includes(name))]).toEqual([element.name, []]);
  const strange = names.filter((name) => !needed.includes(name) && !more.includes(name));
  expect([element.name, strange]).toEqual([element.name, []]);
}

export const picture = pngOf(20, 10);
export const shown: FilePicture = {
  id: createHash('sha256').update(picture).digest('hex'),
  alt: '一座“桥” & <路>',
  width: 20,
  height: 10,
  mediaType: 'image/png',
};
const told = { explanation: '解析一。\n解析二。', source: '党章', difficulty: 2, topic: '党章', marks: 250 } as const;
export const questions: readonly FileQuestion[] = [
  fileQuestion({
    ...told,
    type: 'single',
    stem: '第一行 & <b>\n第二行',
    code: 'S-1',
    pictures: [shown],
    options: [
      { text: '甲', correct: true, picture: shown },
      { text: '乙', correct: false },
    ],
  }),
  fileQuestion({
    ...told,
    type: 'multiple',
    stem: '多选',
    material: { title: '材料', text: '一段材料', pictures: [shown] },
    options: ['甲', '乙', '丙', '丁'].map((text, at) => ({ text, correct: at < 3 })),
  }),
  fileQuestion({ ...told, type: 'true-false', stem: '判断', truth: false }),
  fileQuestion({ type: 'blank', stem: '不忘____。', answers: [['初心', '本心']] }),
  fileQuestion({
    type: 'blank',
    stem: '不忘____，牢记____。',
    pictures: [shown],
    answers: [['初心'], ['使命', '光荣使命']],
  }),
  fileQuestion({ ...told, type: 'short-answer', stem: '简述', reference: '要点', rubric: ['一', '二'] }),
  fileQuestion({ type: 'ordering', stem: '排序', order: ['一', '二', '三'] }),
  fileQuestion({
    type: 'matching',
    stem: '连线',
    pairs: [
      { left: '甲', right: '一' },
      { left: '乙', right: '二' },
    ],
    spareRights: ['三'],
  }),
];
export const bytes = new Map([[shown.id, picture]]);
