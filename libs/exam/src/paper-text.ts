import { bodyDto } from '@xuekao/bank';
import type { QuestionBody } from '@xuekao/contracts';
import { inShownOrder, movableOptions } from '@xuekao/contracts';
import type { LayoutPlace } from './core/index.js';
import type { TakingPaper } from './paper-cache.js';

/** JSON of one question, cut where what may move stands. */
interface QuestionText {
  /** Without its place, which differs from member to member. */
  readonly before: string;
  readonly options: ReadonlyMap<string, string>;
  readonly after: string;
}

const emptyTail = '[]}';

const bodyText = (body: QuestionBody, optionIds: readonly string[]): string =>
  JSON.stringify(bodyDto(inShownOrder(body, optionIds)));

function questionText(section: string, marks: number, body: QuestionBody): QuestionText {
  const head = `${JSON.stringify({ section, marks }).slice(1, -1)},"body":`;
  const empty = bodyText(body, []);
  const ids = movableOptions(body).map(({ id }) => id);
  if (ids.length === 0) return { before: head + empty, options: new Map(), after: '}' };
  if (!empty.endsWith(emptyTail)) throw new Error('What moves is not the last field of a body');
  const cut = empty.length - emptyTail.length + 1;
  const options = new Map(ids.map((id) => [id, bodyText(body, [id]).slice(cut, -2)]));
  return { before: head + empty.slice(0, cut), options, after: ']}}' };
}

/** The questions of a paper as JSON, without keys, ready to be put into anybody's order. */
export class PaperText {
  private readonly questions: ReadonlyMap<number, QuestionText>;

  constructor({ items, bodies }: TakingPaper) {
    this.questions = new Map(
      items.map((item) => [item.number, questionText(item.sectionName, item.marks, bodies.get(item.versionId)!)]),
    );
  }

  /** The elements of the list of questions. */
  inOrder(layout: readonly LayoutPlace[]): string {
    return layout.map((place, index) => this.questionAt(place, index + 1)).join(',');
  }

  private questionAt({ number, optionIds }: LayoutPlace, place: number): string {
    const { before, options, after } = this.questions.get(number)!;
    const shown = optionIds.flatMap((id) => options.get(id) ?? []).join(',');
    return `{"number":${place},${before}${shown}${after}`;
  }
}

const texts = new WeakMap<TakingPaper, PaperText>();

/** Made once per paper, and kept as long as the paper is. */
export function paperTextOf(paper: TakingPaper): PaperText {
  const known = texts.get(paper);
  if (known) return known;
  const made = new PaperText(paper);
  texts.set(paper, made);
  return made;
}
