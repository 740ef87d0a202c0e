import type { ImportGuess } from '@xuekao/contracts';
import { refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { isQuestionCode } from '../../core/index.js';
import { fileQuestion } from '../file-question.js';
import type { FileQuestion } from '../file-question.js';
import { metaFrom, withMeta } from '../meta-lines.js';
import { truthFrom } from '../text/answers.js';
import { withoutSigns } from '../pictures/picture-shelf.js';
import type { PictureTaker } from './html-text.js';
import type { XmlElement } from './xml-tree.js';

/** One form for 2.x and 3.0: `qti-choice-interaction` and `choiceInteraction` are both choiceinteraction. */
export function qtiName(name: string): string {
  return name.replace(/^qti-/u, '').replace(/-/gu, '').toLowerCase();
}

function attribute(element: XmlElement, name: string): string {
  const found = Object.entries(element.attributes).find(([key]) => key.replace(/-/gu, '') === name);
  return found?.[1].trim() ?? '';
}

function all(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) =>
    typeof child === 'string' ? [] : [...(qtiName(child.name) === name ? [child] : []), ...all(child, name)],
  );
}

interface Declaration {
  readonly cardinality: string;
  readonly values: readonly string[];
  /** Keys of a mapping that give the most, in their order. */
  readonly mapped: readonly string[];
}

const blocks = new Set(['p', 'div', 'li', 'ul', 'ol', 'table', 'tr', 'h1', 'h2', 'h3', 'h4', 'prompt', 'blockquote']);
const written = new Set(['rubricblock', 'modalfeedback', 'feedbackblock', 'templateblock', 'stylesheet']);

class QtiItem {
  readonly guesses: ImportGuess[] = [];
  private readonly declarations = new Map<string, Declaration>();
  private readonly inline: string[] = [];
  private pictures = 0;
  /** An element that is read again is the same picture. */
  private readonly taken = new Map<XmlElement, string>();

  constructor(
    private readonly root: XmlElement,
    private readonly taker: PictureTaker,
  ) {
    for (const element of all(root, 'responsedeclaration')) {
      const correct = all(element, 'correctresponse').flatMap((each) => all(each, 'value'));
      const entries = all(element, 'mapentry').map((each) => ({
        key: attribute(each, 'mapkey'),
        value: Number(attribute(each, 'mappedvalue')),
      }));
      const most = Math.max(0, ...entries.map(({ value }) => value));
      this.declarations.set(attribute(element, 'identifier'), {
        cardinality: attribute(element, 'cardinality'),
        values: correct.map((value) => this.words(value).trim()),
        mapped: entries.filter(({ value }) => value === most && most > 0).map(({ key }) => key),
      });
    }
  }

  /** Text as people read it, with gaps for text entries; interactions and notes are left out. */
  private words(element: XmlElement): string {
    let text = '';
    for (const child of element.children) {
      if (typeof child === 'string') {
        text += withoutSigns(child).replace(/[ \t\r\n]+/gu, ' ');
        continue;
      }
      const name = qtiName(child.name);
      if (name === 'br') text += '\n';
      else if (name === 'textentryinteraction') text += '____';
      else if (name === 'img' || name === 'object' || name === 'picture') text += this.picture(child);
      else if (name.endsWith('interaction') || written.has(name) || attribute(child, 'class') === 'material') continue;
      else if (blocks.has(name)) text = `${text.trimEnd()}\n${this.words(child)}\n`;
      else text += this.words(child);
    }
    return text.replace(/[ \t]*\n[ \t]*/gu, '\n');
  }

  /** The sign of a picture; what is not taken is counted. */
  private picture(element: XmlElement): string {
    const source = attribute(element, 'src') || attribute(element, 'data');
    const known = this.taken.get(element);
    if (known !== undefined) return known;
    const sign = this.taker(source, attribute(element, 'alt') || this.words(element).trim());
    if (sign === undefined) this.pictures += 1;
    this.taken.set(element, sign ?? '');
    return sign ?? '';
  }

  private plain(element: XmlElement | undefined): string {
    return element
      ? this.words(element)
          .replace(/\n{2,}/gu, '\n')
          .trim()
      : '';
  }

  private declarationOf(interaction: XmlElement): Declaration | undefined {
    return this.declarations.get(attribute(interaction, 'responseidentifier'));
  }

  read(): FileQuestion | Refusal {
    const [body] = all(this.root, 'itembody');
    if (!body) return refuse('bank.import.element-missing', { element: 'itemBody' });
    const interactions = this.interactionsIn(body);
    if (interactions.length === 0) return refuse('bank.import.element-missing', { element: '作答区（interaction）' });
    const [first] = interactions;
    const isEntry = interactions.every(({ name }) => qtiName(name) === 'textentryinteraction');
    if (interactions.length > 1 && !isEntry) {
      return refuse('bank.import.element-unsupported', { element: `含 ${interactions.length} 个作答区的试题` });
    }
    const stem = this.stemOf(body, interactions);
    const core = isEntry ? this.entries(interactions) : this.coreOf(first!);
    if ('kind' in core) return core;
    if (this.pictures > 0) {
      this.guesses.push({ what: 'picture', guess: '', reason: 'picture-dropped', facts: { found: this.pictures } });
    }
    return this.completed({ ...core, stem }, body);
  }

  private interactionsIn(body: XmlElement): XmlElement[] {
    const found: XmlElement[] = [];
    const walk = (element: XmlElement): void => {
      for (const child of element.children) {
        if (typeof child === 'string') continue;
        const name = qtiName(child.name);
        if (name.endsWith('interaction')) found.push(child);
        else if (!written.has(name)) walk(child);
      }
    };
    walk(body);
    return found;
  }

  private stemOf(body: XmlElement, interactions: readonly XmlElement[]): string {
    const prompts = interactions.flatMap((each) => all(each, 'prompt')).map((prompt) => this.plain(prompt));
    return [this.plain(body), ...prompts].filter((text) => text !== '').join('\n');
  }

  private coreOf(interaction: XmlElement): (Partial<FileQuestion> & Pick<FileQuestion, 'type'>) | Refusal {
    switch (qtiName(interaction.name)) {
      case 'choiceinteraction':
        return this.choice(interaction);
      case 'orderinteraction':
        return this.ordering(interaction);
      case 'matchinteraction':
        return this.matching(interaction);
      case 'extendedtextinteraction':
        return { type: 'short-answer', reference: (this.declarationOf(interaction)?.values ?? []).join('\n') };
      default: {
        const element = `第 ${interaction.line} 行的 ${interaction.name}`;
        return refuse('bank.import.element-unsupported', { element });
      }
    }
  }

  private choice(interaction: XmlElement): Partial<FileQuestion> & Pick<FileQuestion, 'type'> {
    const declaration = this.declarationOf(interaction);
    const right = new Set(declaration?.values.length ? declaration.values : (declaration?.mapped ?? []));
    const options = all(interaction, 'simplechoice').map((choice) => ({
      text: this.plain(choice),
      correct: right.has(attribute(choice, 'identifier')),
    }));
    const truth = options.map(({ text }) => truthFrom(text));
    if (
      declaration?.cardinality !== 'multiple' &&
      options.length === 2 &&
      truth[0] !== undefined &&
      truth[1] === !truth[0]
    ) {
      const told = options.findIndex((option) => option.correct);
      return { type: 'true-false', truth: truth[told] ?? null };
    }
    return { type: declaration?.cardinality === 'multiple' ? 'multiple' : 'single', options };
  }

  private ordering(interaction: XmlElement): Partial<FileQuestion> & Pick<FileQuestion, 'type'> {
    const texts = new Map(
      all(interaction, 'simplechoice').map((each) => [attribute(each, 'identifier'), this.plain(each)]),
    );
    const order = (this.declarationOf(interaction)?.values ?? []).flatMap((id) => texts.get(id) ?? []);
    return { type: 'ordering', order };
  }

  private matching(interaction: XmlElement): Partial<FileQuestion> & Pick<FileQuestion, 'type'> {
    const [lefts = [], rights = []] = all(interaction, 'simplematchset').map((set) =>
      all(set, 'simpleassociablechoice').map((each) => ({ id: attribute(each, 'identifier'), text: this.plain(each) })),
    );
    const pairs = (this.declarationOf(interaction)?.values ?? []).flatMap((value) => {
      const [a, b] = value.split(/\s+/u);
      const left = lefts.find(({ id }) => id === a);
      const right = rights.find(({ id }) => id === b);
      return left && right ? [{ left: left.text, right: right.text, id: right.id }] : [];
    });
    const used = new Set(pairs.map(({ id }) => id));
    return {
      type: 'matching',
      pairs: pairs.map(({ left, right }) => ({ left, right })),
      spareRights: rights.filter(({ id }) => !used.has(id)).map(({ text }) => text),
    };
  }

  private entries(interactions: readonly XmlElement[]): Partial<FileQuestion> & Pick<FileQuestion, 'type'> {
    const answers = interactions.map((each) => {
      const { values = [], mapped = [] } = this.declarationOf(each) ?? {};
      return [...new Set([...values, ...mapped])];
    });
    return { type: 'blank', answers };
  }

  private completed(core: Partial<FileQuestion> & Pick<FileQuestion, 'type' | 'stem'>, body: XmlElement): FileQuestion {
    const notes = all(this.root, 'rubricblock').flatMap((block) => this.plain(block).split('\n'));
    const material = all(body, 'div').find((div) => attribute(div, 'class') === 'material');
    const [title = '', ...text] = material ? this.plain(material).split('\n') : [];
    const feedback = all(this.root, 'modalfeedback')
      .map((each) => this.plain(each))
      .filter((each) => each !== '');
    const label = attribute(this.root, 'label');
    const question = fileQuestion({
      ...core,
      explanation: feedback.join('\n'),
      code: isQuestionCode(label) ? label : '',
      material: material ? { title, text: text.length > 0 ? text.join('\n') : title } : null,
    });
    return withMeta(question, metaFrom(notes));
  }
}

/** The question of one assessmentItem, 2.x or 3.0, with what had to be guessed. */
export function readQtiItem(
  root: XmlElement,
  taker: PictureTaker,
): { read: FileQuestion | Refusal; guesses: readonly ImportGuess[] } {
  const item = new QtiItem(root, taker);
  return { read: item.read(), guesses: item.guesses };
}
