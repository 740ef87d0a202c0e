import {
  bytes,
  expectAttributes,
  expectOrder,
  picture,
  questions,
  treeOf,
  within,
} from '../../../test/exchange.world.js';
import type { Element } from '../../../test/exchange.world.js';
import { writeFile } from '../write-file.js';

describe('a Moodle XML file', () => {
  const kinds: Readonly<Record<string, string>> = {
    multichoice: 'single shuffleanswers answernumbering answer+',
    truefalse: 'answer answer',
    shortanswer: 'usecase answer+',
    cloze: '',
    essay: 'responseformat responserequired graderinfo',
    ordering: 'layouttype selecttype selectcount gradingtype showgrading answer+',
    matching: 'shuffleanswers subquestion+',
  };
  /** Shares that Moodle takes for one of several right answers. */
  const shares = [100, 50, 33.33333, 25, 20, 16.66667, 14.28571, 12.5, 11.11111, 10];
  let all: readonly Element[];

  beforeAll(async () => {
    const plain = questions.map((each) =>
      each.material ? { ...each, material: { title: each.material.title, text: each.material.text } } : each,
    );
    const quiz = treeOf(String(await writeFile('moodle-xml', plain, true, bytes)));
    expect(quiz.name).toBe('quiz');
    all = quiz.children;
  });

  it('has the parts of every question in their order, and of each kind its own', () => {
    expect(all).toHaveLength(questions.length);
    for (const question of all) {
      expectAttributes(question, ['type']);
      const own = kinds[question.attributes.type!]!;
      expectOrder(question, `name questiontext generalfeedback defaultgrade penalty hidden idnumber? ${own} tags`);
      for (const child of question.children) {
        if (['name', 'questiontext', 'generalfeedback', 'graderinfo'].includes(child.name))
          expectOrder(child, 'text file*');
        if (child.name === 'tags') for (const tag of child.children) expectOrder(tag, 'text');
        if (child.name === 'subquestion') expectOrder(child, 'text answer');
        if (child.name === 'answer') {
          expectAttributes(child, ['fraction', 'format']);
          expectOrder(child, 'text file*');
        }
      }
    }
    expect(new Set(all.map(({ attributes }) => attributes.type))).toEqual(new Set(Object.keys(kinds)));
  });

  it('gives whole marks to what is right, in shares that Moodle knows', () => {
    for (const question of all.filter(({ attributes }) =>
      ['multichoice', 'truefalse', 'shortanswer'].includes(attributes.type!),
    )) {
      const fractions = question.children
        .filter(({ name }) => name === 'answer')
        .map(({ attributes }) => Number(attributes.fraction));
      const right = fractions.filter((fraction) => fraction > 0);
      for (const fraction of right) expect(shares).toContain(fraction);
      const isSeveral = question.children.some(({ name, text }) => name === 'single' && text === 'false');
      if (isSeveral) expect(Math.abs(right.reduce((sum, fraction) => sum + fraction, 0) - 100)).toBeLessThan(0.001);
      else expect(new Set(right)).toEqual(new Set([100]));
    }
    const ordering = all.find(({ attributes }) => attributes.type === 'ordering')!;
    expect(
      ordering.children.filter(({ name }) => name === 'answer').map(({ attributes }) => Number(attributes.fraction)),
    ).toEqual([1, 2, 3]);
  });

  it('has each picture as a file of the text that shows it', () => {
    let count = 0;
    for (const element of all.flatMap((question) => [...within(question)])) {
      const text = element.children.find(({ name }) => name === 'text')?.text ?? '';
      const names = [...text.matchAll(/@@PLUGINFILE@@\/([^"&]+)/gu)].map((match) => match[1]);
      const held = element.children.filter(({ name }) => name === 'file');
      for (const each of held) {
        expectAttributes(each, ['name', 'path', 'encoding']);
        expect([each.attributes.path, each.attributes.encoding]).toEqual(['/', 'base64']);
        expect(Buffer.from(each.text, 'base64').equals(picture)).toBe(true);
      }
      expect(held.map(({ attributes }) => attributes.name)).toEqual(names);
      count += names.length;
    }
    expect(count).toBe(3);
  });
});
