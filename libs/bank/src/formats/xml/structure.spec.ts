import { createHash } from 'node:crypto';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { pngOf } from '@xuekao/platform/testing';
import { strFromU8, unzipSync } from 'fflate';
import { fileQuestion } from '../file-question.js';
import type { FilePicture, FileQuestion } from '../file-question.js';
import { writeFile } from '../write-file.js';

/*
 * What other programs expect of our files, by rules of our own wording and a tree of our own, so that a mistake of the
 * readers is not a mistake of the check. Sources: QTI 2.2 and 3.0 ASI and packaging schemas (1EdTech), Moodle's XML format.
 */

interface Element {
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

function treeOf(xml: string): Element {
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

function* within(element: Element): Generator<Element> {
  yield element;
  for (const child of element.children) yield* within(child);
}

/** Children in this order and no others: `a` once, `a?` at most once, `a*` any number, `a+` at least once. */
function expectOrder(element: Element, rule: string): void {
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

function expectAttributes(element: Element, needed: readonly string[], more: readonly string[] = []): void {
  const names = Object.keys(element.attributes);
  expect([element.name, needed.filter((name) => !names.includes(name))]).toEqual([element.name, []]);
  const strange = names.filter((name) => !needed.includes(name) && !more.includes(name));
  expect([element.name, strange]).toEqual([element.name, []]);
}

const picture = pngOf(20, 10);
const shown: FilePicture = {
  id: createHash('sha256').update(picture).digest('hex'),
  alt: '一座“桥” & <路>',
  width: 20,
  height: 10,
  mediaType: 'image/png',
};
const told = { explanation: '解析一。\n解析二。', source: '党章', difficulty: 2, topic: '党章', marks: 250 } as const;
const questions: readonly FileQuestion[] = [
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
const bytes = new Map([[shown.id, picture]]);

/** Elements that may stand in a line of text, of those that we write. */
const inlineHtml = new Set(['br', 'img']);
const baseTypes = ['identifier', 'string', 'directedPair', 'float'];

describe.each(['2.2', '3.0'] as const)('a QTI %s package', (version) => {
  const isThree = version === '3.0';
  /** One name for both versions: that of 2.2. */
  const plainName = (name: string): string =>
    name.replace(/^qti-/u, '').replace(/-([a-z])/gu, (_all, sign: string) => sign.toUpperCase());
  const plainTree = (element: Element): Element => {
    const isOwn = !isThree || element.name.startsWith('qti-');
    const key = (name: string): string => (isThree && isOwn && !/^(?:xml|data-)/u.test(name) ? plainName(name) : name);
    return {
      ...element,
      name: plainName(element.name),
      attributes: Object.fromEntries(Object.entries(element.attributes).map(([name, value]) => [key(name), value])),
      children: element.children.map(plainTree),
    };
  };
  let files: Record<string, Uint8Array>;
  let items: readonly Element[];

  beforeAll(async () => {
    files = unzipSync(await writeFile(isThree ? 'qti-3.0' : 'qti-2.2', questions, true, bytes));
    const paths = Object.keys(files).filter((path) => path.startsWith('items/'));
    items = paths
      .toSorted()
      .map((path) => treeOf(strFromU8(files[path]!)))
      .map(plainTree);
  });

  it('names its elements in the words of its version alone', () => {
    for (const path of Object.keys(files).filter((each) => each.startsWith('items/'))) {
      for (const { name } of within(treeOf(strFromU8(files[path]!)))) {
        const isHtml = ['p', 'div', 'br', 'img'].includes(name);
        expect([name, isHtml || name.startsWith('qti-') === isThree]).toEqual([name, true]);
        if (isThree && !isHtml) expect(name).toBe(name.toLowerCase());
      }
    }
  });

  it('has a manifest that lists every file once, with its type and what it needs', () => {
    const manifest = treeOf(strFromU8(files['imsmanifest.xml']!));
    expect(manifest.attributes).toEqual({
      xmlns: isThree
        ? 'http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1'
        : 'http://www.imsglobal.org/xsd/imscp_v1p1',
      identifier: expect.stringMatching(/^[A-Za-z_][\w.-]*$/u),
    });
    expectOrder(manifest, 'metadata organizations resources');
    const [metadata, , resources] = manifest.children as [Element, Element, Element];
    expectOrder(metadata, 'schema schemaversion');
    expect(metadata.children.map(({ text }) => text)).toEqual(
      isThree ? ['QTI Package', '3.0.0'] : ['QTIv2.2 Package', '1.0.0'],
    );
    const ids = resources.children.map(({ attributes }) => attributes.identifier!);
    expect(new Set(ids).size).toBe(ids.length);
    const listed: string[] = [];
    for (const resource of resources.children) {
      expectOrder(resource, 'file+ dependency*');
      expectAttributes(resource, ['identifier', 'type', 'href']);
      const isItem = resource.attributes.href!.startsWith('items/');
      expect(resource.attributes.type).toBe(
        isItem ? (isThree ? 'imsqti_item_xmlv3p0' : 'imsqti_item_xmlv2p2') : 'webcontent',
      );
      const own = resource.children.filter(({ name }) => name === 'file').map(({ attributes }) => attributes.href!);
      expect(own).toContain(resource.attributes.href);
      listed.push(...own);
      for (const { attributes } of resource.children.filter(({ name }) => name === 'dependency')) {
        expect(ids).toContain(attributes.identifierref);
      }
    }
    expect(listed.toSorted()).toEqual(
      Object.keys(files)
        .filter((path) => path !== 'imsmanifest.xml')
        .toSorted(),
    );
  });

  it('has items with the parts and attributes that the schema asks for, in its order', () => {
    const namespace = isThree
      ? 'http://www.imsglobal.org/xsd/imsqtiasi_v3p0'
      : 'http://www.imsglobal.org/xsd/imsqti_v2p2';
    for (const item of items) {
      expect(item.name).toBe('assessmentItem');
      expect(item.attributes.xmlns).toBe(namespace);
      expect(item.attributes['xsi:schemaLocation']!.split(' ')[0]).toBe(namespace);
      expectAttributes(
        item,
        ['xmlns', 'xmlns:xsi', 'xsi:schemaLocation', 'identifier', 'title', 'adaptive', 'timeDependent'],
        ['label', 'xml:lang'],
      );
      expectOrder(item, 'responseDeclaration* outcomeDeclaration* itemBody responseProcessing? modalFeedback*');
      const declared = item.children.filter(({ name }) => name.endsWith('Declaration'));
      for (const declaration of declared) {
        expectAttributes(declaration, ['identifier', 'cardinality', 'baseType']);
        expect(['single', 'multiple', 'ordered']).toContain(declaration.attributes.cardinality);
        expect(baseTypes).toContain(declaration.attributes.baseType);
        expectOrder(declaration, 'correctResponse? mapping?');
      }
      const ids = declared.map(({ attributes }) => attributes.identifier!);
      expect(new Set(ids).size).toBe(ids.length);
      for (const element of within(item)) {
        if (element.name === 'correctResponse') expectOrder(element, 'value+');
        if (element.name === 'mapping') expectOrder(element, 'mapEntry+');
        if (element.name === 'mapEntry') expectAttributes(element, ['mapKey', 'mappedValue']);
        if (element.name === 'modalFeedback') {
          expectAttributes(element, ['outcomeIdentifier', 'identifier', 'showHide']);
          expect(ids).toContain(element.attributes.outcomeIdentifier);
        }
        if (element.name === 'rubricBlock') {
          expectAttributes(element, ['view'], ['use']);
          expect(element.attributes.view).toBe('author');
        }
        if (isThree && (element.name === 'modalFeedback' || element.name === 'rubricBlock')) {
          expectOrder(element, 'contentBody');
        }
      }
    }
  });

  it('has interactions that answer declared responses, with their own attributes and choices', () => {
    const rules: Readonly<Record<string, readonly [attributes: readonly string[], children: string]>> = {
      choiceInteraction: [['responseIdentifier', 'shuffle', 'maxChoices'], 'prompt? simpleChoice+'],
      orderInteraction: [['responseIdentifier', 'shuffle'], 'prompt? simpleChoice+'],
      matchInteraction: [['responseIdentifier', 'shuffle', 'maxAssociations'], 'prompt? simpleMatchSet simpleMatchSet'],
      extendedTextInteraction: [['responseIdentifier'], 'prompt?'],
      textEntryInteraction: [['responseIdentifier', 'expectedLength'], ''],
    };
    const seen = new Set<string>();
    for (const item of items) {
      const declared = item.children.filter(({ name }) => name === 'responseDeclaration');
      const answered: string[] = [];
      for (const element of within(item.children.find(({ name }) => name === 'itemBody')!)) {
        if (!element.name.endsWith('Interaction')) continue;
        seen.add(element.name);
        const [attributes, children] = rules[element.name]!;
        expectAttributes(element, attributes);
        expectOrder(element, children);
        answered.push(element.attributes.responseIdentifier!);
        const choices = [...within(element)].filter(({ name }) => /^simple(?:Associable)?Choice$/u.test(name));
        const ids = choices.map((choice) => choice.attributes.identifier!);
        expect(new Set(ids).size).toBe(ids.length);
        for (const choice of choices) {
          expectAttributes(choice, choice.name === 'simpleChoice' ? ['identifier'] : ['identifier', 'matchMax']);
        }
        const declaration = declared.find(
          ({ attributes: { identifier } }) => identifier === element.attributes.responseIdentifier,
        )!;
        const values = [...within(declaration)]
          .filter(({ name }) => name === 'value')
          .flatMap(({ text }) => text.split(' '));
        if (ids.length > 0) for (const value of values) expect(ids).toContain(value);
      }
      expect(answered.toSorted()).toEqual(declared.map(({ attributes }) => attributes.identifier).toSorted());
    }
    expect([...seen].toSorted()).toEqual(Object.keys(rules).toSorted());
  });

  it('has only lines of text in prompts, blocks in the body, and pictures with words that are in the package', () => {
    for (const item of items) {
      for (const element of within(item)) {
        if (element.name === 'prompt') {
          for (const inner of within(element)) if (inner !== element) expect(inlineHtml).toContain(inner.name);
        }
        if (element.name === 'itemBody') {
          expect(element.text.trim()).toBe('');
          for (const { name } of element.children) expect(name).toMatch(/^(?:p|div|rubricBlock|\w+Interaction)$/u);
          expect(element.children.map(({ name }) => name)).not.toContain('textEntryInteraction');
        }
        if (element.name === 'p') {
          for (const { name } of element.children) expect([...inlineHtml, 'textEntryInteraction']).toContain(name);
        }
        if (element.name === 'img') {
          expectAttributes(element, ['src', 'alt'], ['width', 'height']);
          expect(Object.keys(files)).toContain(element.attributes.src!.replace('../', ''));
        }
      }
    }
    expect(items.flatMap((item) => [...within(item)].filter(({ name }) => name === 'img'))).toHaveLength(4);
  });

  it('scores by a template for one response and by a sum for several, and leaves what people mark alone', () => {
    const ways = items.map((item) => {
      const processing = item.children.find(({ name }) => name === 'responseProcessing');
      if (!processing) return null;
      if (processing.attributes.template) return processing.attributes.template.split('/').at(-1)!.replace('.xml', '');
      expectOrder(processing, 'setOutcomeValue');
      const [set] = processing.children as [Element];
      expectOrder(set, 'sum');
      expectOrder(set.children[0]!, 'mapResponse+');
      return 'sum';
    });
    expect(ways).toEqual([
      'match_correct',
      'match_correct',
      'match_correct',
      'map_response',
      'sum',
      null,
      'match_correct',
      'match_correct',
    ]);
  });
});

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
