import type { FilePicture, FileOption, FileQuestion } from '../file-question.js';
import { pictureName } from '../pictures/picture-bytes.js';
import { metaLines } from '../meta-lines.js';
import { escapedXml, htmlOf } from './html-text.js';

export type QtiVersion = '2.2' | '3.0';

interface Dialect {
  readonly namespace: string;
  readonly schema: string;
  readonly templates: string;
  /** Of a template's address. */
  readonly ending: string;
}

const dialects: Readonly<Record<QtiVersion, Dialect>> = {
  '2.2': {
    namespace: 'http://www.imsglobal.org/xsd/imsqti_v2p2',
    schema: 'http://www.imsglobal.org/xsd/qti/qtiv2p2/imsqti_v2p2.xsd',
    templates: 'http://www.imsglobal.org/question/qti_v2p2/rptemplates',
    ending: '',
  },
  '3.0': {
    namespace: 'http://www.imsglobal.org/xsd/imsqtiasi_v3p0',
    schema: 'https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd',
    templates: 'https://purl.imsglobal.org/spec/qti/v3p0/rptemplates',
    ending: '.xml',
  },
};

const kebab = (name: string): string => name.replace(/[A-Z]/gu, (sign) => `-${sign.toLowerCase()}`);
/** HTML elements keep their names in both versions. */
const htmlNames = new Set(['p', 'div', 'br']);

/** In the package. */
export const mediaPath = (picture: FilePicture): string => `media/${pictureName(picture)}`;
/** From the folder of the items. */
const image = (picture: FilePicture): string =>
  `<img src="../${mediaPath(picture)}" alt="${escapedXml(picture.alt)}" width="${picture.width}" height="${picture.height}"/>`;
const images = (pictures: readonly FilePicture[]): string => pictures.map((each) => `<p>${image(each)}</p>`).join('');
/** Where only inline content may stand: no paragraphs, line breaks instead. */
const inline = (text: string, pictures: readonly FilePicture[]): string =>
  [escapedXml(text).replace(/\n/gu, '<br/>'), ...pictures.map(image)].join('<br/>');

const responseName = (index: number): string => (index === 0 ? 'RESPONSE' : `RESPONSE${index + 1}`);

/** Writes elements in the words of one version. */
export class QtiItemWriter {
  constructor(private readonly version: QtiVersion) {}

  element(name: string, attributes: Readonly<Record<string, string>>, ...children: readonly string[]): string {
    const isThree = this.version === '3.0';
    const tag = isThree && !htmlNames.has(name) ? `qti-${kebab(name)}` : name;
    const list = Object.entries(attributes).map(
      ([key, value]) =>
        ` ${isThree && !key.startsWith('xml') && !key.startsWith('xsi') ? kebab(key) : key}="${escapedXml(value)}"`,
    );
    return children.length === 0
      ? `<${tag}${list.join('')}/>`
      : `<${tag}${list.join('')}>${children.join('')}</${tag}>`;
  }

  private declaration(
    identifier: string,
    cardinality: string,
    baseType: string,
    values: readonly string[],
    mapped: readonly string[] = [],
  ): string {
    const mapping = mapped.length
      ? [
          this.element(
            'mapping',
            { defaultValue: '0' },
            ...mapped.map((mapKey) => this.element('mapEntry', { mapKey, mappedValue: '1' })),
          ),
        ]
      : [];
    const correct = values.map((value) => this.element('value', {}, escapedXml(value)));
    const inner = [...(correct.length ? [this.element('correctResponse', {}, ...correct)] : []), ...mapping];
    return this.element('responseDeclaration', { identifier, cardinality, baseType }, ...inner);
  }

  private choices(options: readonly Omit<FileOption, 'correct'>[], prefix = 'C'): string[] {
    return options.map(({ text, picture }, index) =>
      this.element(
        'simpleChoice',
        { identifier: `${prefix}${index + 1}` },
        escapedXml(text).replace(/\n/gu, '<br/>'),
        ...(picture ? [image(picture)] : []),
      ),
    );
  }

  private prompted(
    name: string,
    attributes: Readonly<Record<string, string>>,
    { stem, pictures }: Pick<FileQuestion, 'stem' | 'pictures'>,
    inner: readonly string[],
  ): string {
    return this.element(
      name,
      { responseIdentifier: 'RESPONSE', ...attributes },
      this.element('prompt', {}, inline(stem, pictures)),
      ...inner,
    );
  }

  /** Declarations and the interaction. */
  private parts(question: FileQuestion): { declarations: readonly string[]; body: string } {
    switch (question.type) {
      case 'single':
      case 'multiple': {
        const right = question.options.flatMap(({ correct }, index) => (correct ? [`C${index + 1}`] : []));
        const isMany = question.type === 'multiple';
        const limits = { shuffle: 'true', maxChoices: isMany ? '0' : '1' };
        return {
          declarations: [this.declaration('RESPONSE', isMany ? 'multiple' : 'single', 'identifier', right)],
          body: this.prompted('choiceInteraction', limits, question, this.choices(question.options)),
        };
      }
      case 'true-false':
        return {
          declarations: [this.declaration('RESPONSE', 'single', 'identifier', [question.truth ? 'C1' : 'C2'])],
          body: this.prompted(
            'choiceInteraction',
            { shuffle: 'false', maxChoices: '1' },
            question,
            this.choices([{ text: '正确' }, { text: '错误' }]),
          ),
        };
      case 'ordering': {
        const ids = question.order.map((_text, index) => `C${index + 1}`);
        return {
          declarations: [this.declaration('RESPONSE', 'ordered', 'identifier', ids)],
          body: this.prompted(
            'orderInteraction',
            { shuffle: 'true' },
            question,
            this.choices(question.order.map((text) => ({ text }))),
          ),
        };
      }
      case 'short-answer':
        return {
          declarations: [this.declaration('RESPONSE', 'single', 'string', [])],
          body: this.prompted('extendedTextInteraction', {}, question, []),
        };
      case 'blank':
        return this.blanks(question);
      case 'matching':
        return this.matching(question);
    }
  }

  private blanks({ stem, answers, pictures }: FileQuestion): { declarations: readonly string[]; body: string } {
    const names = answers.map((_wordings, index) => responseName(index));
    const entry = (index: number): string =>
      this.element('textEntryInteraction', { responseIdentifier: names[index] ?? 'RESPONSE', expectedLength: '20' });
    let index = 0;
    const text = htmlOf(stem).replace(/_{2,}|[(（]\s*[)）]|【\s*】/gu, () => entry(index++));
    const rest =
      index < answers.length
        ? `<p>${answers
            .slice(index)
            .map((_each, at) => entry(index + at))
            .join(' ')}</p>`
        : '';
    return {
      declarations: answers.map((wordings, at) =>
        this.declaration(names[at]!, 'single', 'string', wordings.slice(0, 1), wordings),
      ),
      body: `${text}${rest}${images(pictures)}`,
    };
  }

  private matching(question: FileQuestion): { declarations: readonly string[]; body: string } {
    const { pairs, spareRights } = question;
    const rights = [...new Set([...pairs.map(({ right }) => right), ...spareRights])];
    const set = (texts: readonly string[], prefix: string, matchMax: string): string =>
      this.element(
        'simpleMatchSet',
        {},
        ...texts.map((text, index) =>
          this.element('simpleAssociableChoice', { identifier: `${prefix}${index + 1}`, matchMax }, escapedXml(text)),
        ),
      );
    const values = pairs.map(({ right }, index) => `L${index + 1} R${rights.indexOf(right) + 1}`);
    const inner = [
      set(
        pairs.map(({ left }) => left),
        'L',
        '1',
      ),
      set(rights, 'R', '0'),
    ];
    return {
      declarations: [this.declaration('RESPONSE', 'multiple', 'directedPair', values)],
      body: this.prompted('matchInteraction', { shuffle: 'true', maxAssociations: '0' }, question, inner),
    };
  }

  /** 3.0 wraps what is to be read in blocks of notes and feedback. */
  private content(html: string): string {
    return this.version === '3.0' ? this.element('contentBody', {}, html) : html;
  }

  /** A template for one response, a sum where each blank has its own; none for what people mark. */
  private processing(question: FileQuestion): string {
    if (question.type === 'short-answer') return '';
    const isMapped = question.type === 'blank';
    if (!isMapped || question.answers.length === 1) {
      const { templates, ending } = dialects[this.version];
      const name = isMapped ? 'map_response' : 'match_correct';
      return this.element('responseProcessing', { template: `${templates}/${name}${ending}` });
    }
    const parts = question.answers.map((_each, index) =>
      this.element('mapResponse', { identifier: responseName(index) }),
    );
    const sum = this.element('sum', {}, ...parts);
    return this.element('responseProcessing', {}, this.element('setOutcomeValue', { identifier: 'SCORE' }, sum));
  }

  item(question: FileQuestion, identifier: string): string {
    const { namespace, schema } = dialects[this.version];
    const { declarations, body } = this.parts(question);
    const fields = ['source', 'difficulty', 'topic', 'marks', 'reference', 'rubric', 'orderFree'] as const;
    const notes = metaLines(question, fields).map((line) => `<p>${escapedXml(line)}</p>`);
    const { material } = question;
    const shown = material
      ? `<div class="material"><p>${escapedXml(material.title)}</p>${htmlOf(material.text)}${images(material.pictures ?? [])}</div>`
      : '';
    const rubric = notes.length
      ? this.element(
          'rubricBlock',
          { view: 'author', ...(this.version === '3.0' ? { use: 'scoring' } : {}) },
          this.content(notes.join('')),
        )
      : '';
    const feedback = question.explanation
      ? this.element(
          'modalFeedback',
          { outcomeIdentifier: 'FEEDBACK', identifier: 'explanation', showHide: 'hide' },
          this.content(htmlOf(question.explanation)),
        )
      : '';
    const title = question.code || [...question.stem.replace(/\s+/gu, ' ')].slice(0, 40).join('');
    const attributes = {
      xmlns: namespace,
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xsi:schemaLocation': `${namespace} ${schema}`,
      identifier,
      title,
      ...(question.code ? { label: question.code } : {}),
      adaptive: 'false',
      timeDependent: 'false',
      'xml:lang': 'zh-CN',
    };
    const outcomes = [
      this.element('outcomeDeclaration', { identifier: 'SCORE', cardinality: 'single', baseType: 'float' }),
      ...(feedback
        ? [
            this.element('outcomeDeclaration', {
              identifier: 'FEEDBACK',
              cardinality: 'single',
              baseType: 'identifier',
            }),
          ]
        : []),
    ];
    const processing = this.processing(question);
    const whole = this.element(
      'assessmentItem',
      attributes,
      ...declarations,
      ...outcomes,
      this.element('itemBody', {}, rubric, shown, body),
      processing,
      feedback,
    );
    return `<?xml version="1.0" encoding="UTF-8"?>\n${whole}\n`;
  }
}

export function qtiItemXml(question: FileQuestion, version: QtiVersion, identifier = 'item-1'): string {
  return new QtiItemWriter(version).item(question, identifier);
}
