import { bodyDto } from '@xuekao/bank';
import type { QuestionBody } from '@xuekao/contracts';
import { inShownOrder, movableOptions } from '@xuekao/contracts';
import type { LayoutPlace } from './core/index.js';
import type { TakingPaper } from './paper-cache.js';

/** JSON of one question, cut where what may move stands. */
interface QuestionText {
  /** Without its place, which differs from member to member. */
  readonly before: Buffer;
  readonly options: ReadonlyMap<string, Buffer>;
  readonly after: Buffer;
}

const emptyTail = '[]}';
const comma = Buffer.from(',');

const bodyText = (body: QuestionBody, optionIds: readonly string[]): string =>
  JSON.stringify(bodyDto(inShownOrder(body, optionIds)));

function questionText(section: string, marks: number, body: QuestionBody): QuestionText {
  const head = `${JSON.stringify({ section, marks }).slice(1, -1)},"body":`;
  const empty = bodyText(body, []);
  const ids = movableOptions(body).map(({ id }) => id);
  if (ids.length === 0) return { before: Buffer.from(head + empty), options: new Map(), after: Buffer.from('}') };
  if (!empty.endsWith(emptyTail)) throw new Error('What moves is not the last field of a body');
  const cut = empty.length - emptyTail.length + 1;
  const options = new Map(ids.map((id) => [id, Buffer.from(bodyText(body, [id]).slice(cut, -2))]));
  return { before: Buffer.from(head + empty.slice(0, cut)), options, after: Buffer.from(']}}') };
}

/**
 * The questions of a paper as JSON, without keys, ready to be put into anybody's order. In bytes: to encode thousands of
 * Chinese characters again for everybody would cost more than all the rest of a start.
 */
export class PaperText {
  private readonly questions: ReadonlyMap<number, QuestionText>;

  constructor({ items, bodies }: TakingPaper) {
    this.questions = new Map(
      items.map((item) => [item.number, questionText(item.sectionName, item.marks, bodies.get(item.versionId)!)]),
    );
  }

  /** The elements of the list of questions, in pieces of UTF-8. */
  inOrder(layout: readonly LayoutPlace[]): Buffer[] {
    const pieces: Buffer[] = [];
    for (const [index, { number, optionIds }] of layout.entries()) {
      const { before, options, after } = this.questions.get(number)!;
      pieces.push(placeHead(index), before);
      let isFirst = true;
      for (const id of optionIds) {
        const option = options.get(id);
        if (!option) continue;
        if (!isFirst) pieces.push(comma);
        pieces.push(option);
        isFirst = false;
      }
      pieces.push(after);
    }
    return pieces;
  }
}

const placeHeads: Buffer[] = [];

/** How the element at this index begins. */
function placeHead(index: number): Buffer {
  return (placeHeads[index] ??= Buffer.from(`${index === 0 ? '' : ','}{"number":${index + 1},`));
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
