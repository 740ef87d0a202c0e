import { strFromU8, unzipSync } from 'fflate';
import { bytes, expectAttributes, expectOrder, questions, treeOf, within } from '../../../test/exchange.world.js';
import type { Element } from '../../../test/exchange.world.js';
import { writeFile } from '../write-file.js';

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
