import type { QuestionType } from '@xuekao/contracts';
import type { FileMaterial } from '../file-question.js';
import { listTitleEnd, listedAnswers, partAnswers, writtenAnswers } from './answers.js';
import type { ListedAnswer } from './answers.js';
import { isOnlySigns } from '../pictures/picture-shelf.js';
import { isPointOfExplanation } from './explanation-points.js';
import { foldedLine, tidyLines } from './folding.js';
import { headingOf, isPageFoot, labelOf, optionMarks, startOf } from './marks.js';
import type { Heading, Start } from './marks.js';

export interface Line {
  /** From 0. */
  readonly index: number;
  readonly text: string;
  readonly folded: string;
  /** How many stood in the line. */
  readonly pictures: number;
}

/** Where a document has a picture, its text has this sign. */
export const pictureSign = '\uFFFC';

export interface Block {
  readonly start: Start;
  readonly lines: Line[];
  readonly heading: Heading | null;
  readonly material: FileMaterial | null;
  /** The number before it in its section, 0 for the first. */
  readonly numberBefore: number;
  readonly section: number;
  listed: ListedAnswer | null;
  /** Numbered lines of its explanation, and whether the next question may be among them. */
  points: { last: number; isDoubtful: boolean };
}

interface AnswerGroup {
  readonly type: QuestionType | 'choice' | 'material' | null;
  /** Questions of this many blocks stood before the list. */
  readonly blocks: number;
  readonly entries: { readonly line: Line; readonly answer: ListedAnswer }[];
}

/** What begins with this sign goes on with the line before, whatever it looks like. Writers set it where needed. */
export const goesOn = '┊';

/** Splits a text into the blocks of its questions. Every line with signs is in a block, known by its form, or left over. */
export class TextDocument {
  readonly blocks: Block[] = [];
  readonly leftOver: Line[] = [];
  /** Lines that are headings, answers given out, or material: read without being part of a block. */
  readonly formal = new Set<number>();
  private readonly lines: readonly Line[];
  private readonly groups: AnswerGroup[] = [];
  private heading: Heading | null = null;
  private section = 0;
  private material: { lines: Line[]; isOpen: boolean; isUsed: boolean } | null = null;
  private list: AnswerGroup | null = null;
  private style: Start['style'] | null = null;
  private sectionStart = 0;

  constructor(rows: readonly string[]) {
    const texts = tidyLines(rows.map((row) => row.replaceAll(pictureSign, '')));
    this.lines = rows.map((row, index) => {
      const text = texts[index]!;
      return { index, text, folded: foldedLine(text), pictures: row.split(pictureSign).length - 1 };
    });
    for (const [at, line] of this.lines.entries()) this.takeAny(line, at);
    this.closeMaterial();
    for (const group of this.groups) this.giveOut(group);
  }

  private takeAny(line: Line, at: number): void {
    if (isPageFoot(line.folded)) this.leftOver.push(line);
    else if (isOnlySigns(line.text)) this.goOn(line);
    else if (line.text.trim() !== '') this.take(line, at);
    else if (line.pictures > 0) this.goOn(line);
  }

  private take(line: Line, at: number): void {
    if (line.text.startsWith(goesOn)) return this.goOn(line);
    if ((this.list && this.takeListed(line, at)) || this.beginsList(line, at)) {
      this.formal.add(line.index);
      return;
    }
    const heading = headingOf(line.folded);
    if (heading) {
      this.formal.add(line.index);
      return this.beginSection(heading);
    }
    if (this.takeMaterial(line)) {
      this.formal.add(line.index);
      return;
    }
    const start = this.startAt(line, at);
    if (start) return this.beginBlock(start, line);
    this.goOn(line);
  }

  private goOn(line: Line): void {
    const block = this.blocks.at(-1);
    if (this.material?.isOpen) {
      this.material.lines.push(line);
      this.formal.add(line.index);
    } else if (block && this.blocks.length > this.sectionStart) block.lines.push(line);
    else this.leftOver.push(line);
  }

  private beginSection(heading: Heading): void {
    this.section += 1;
    this.sectionStart = this.blocks.length;
    this.heading = heading.type === 'material' ? null : heading;
    this.closeMaterial();
    this.material = heading.type === 'material' ? { lines: [], isOpen: true, isUsed: false } : null;
    this.style = null;
  }

  /** `材料：` or `【材料一】` begins what the next questions share; `（材料完）` ends it. */
  private takeMaterial(line: Line): boolean {
    if (/^\s*[(【[]\s*材料\s*(?:完|结束)\s*[)】\]]\s*$/u.test(line.folded)) {
      this.closeMaterial();
      return true;
    }
    const match =
      /^\s*(?:[【[]\s*(?:阅读)?(?:材料|案例)[一二三四五六七八九十\d]*\s*[】\]]\s*:?|(?:材料|案例)[一二三四五六七八九十\d]*\s*:)\s*/u.exec(
        line.folded,
      );
    if (!match) return false;
    const rest = { ...line, text: line.text.slice(match[0].length) };
    if (this.material?.isOpen && this.material.lines.length > 0) this.material.lines.push(line);
    else {
      this.closeMaterial();
      this.material = { lines: rest.text.trim() === '' ? [] : [rest], isOpen: true, isUsed: false };
    }
    return true;
  }

  /** A material without a question is left over, not lost. */
  private closeMaterial(): void {
    if (this.material && !this.material.isUsed) this.leftOver.push(...this.material.lines);
    this.material = null;
  }

  private startAt(line: Line, at: number): Start | undefined {
    const start = startOf(line.folded);
    if (!start) return undefined;
    const block = this.blocks.length > this.sectionStart ? this.blocks.at(-1) : undefined;
    const number = Number(start.number);
    if (!block) return start;
    const before = Number(block.start.number);
    const isDone = block.lines.some((each) => labelOf(each.folded)) || block.lines.length > 1;
    if (isPointOfExplanation(block, number, [line, ...this.following(at, 6)])) return undefined;
    if (this.style && start.style !== this.style) return number === before + 1 && isDone ? start : undefined;
    if (number === before + 1) return start;
    const hasOptions = this.following(at, 1).some((next) => optionMarks(next.folded, 0, false).length > 0);
    if (hasOptions) return start;
    const isWritten = this.heading?.type === 'short-answer';
    if (isWritten && isDone) return undefined;
    return number <= before + 20 && number < 1000 ? start : undefined;
  }

  private beginBlock(start: Start, line: Line): void {
    if (this.material) Object.assign(this.material, { isOpen: false, isUsed: true });
    const previous = this.blocks.length > this.sectionStart ? Number(this.blocks.at(-1)!.start.number) : 0;
    const rest = { ...line, text: line.text.slice(start.at), folded: line.folded.slice(start.at) };
    this.style ??= start.style;
    this.blocks.push({
      start,
      lines: [rest],
      heading: this.heading,
      material: this.material && materialOf(this.material.lines.map((each) => each.text.trim().replace(/^┊/u, ''))),
      numberBefore: previous,
      section: this.section,
      listed: null,
      points: { last: 0, isDoubtful: false },
    });
  }

  private following(at: number, count: number): Line[] {
    return this.lines
      .slice(at + 1, at + 12)
      .filter((line) => line.text.trim() !== '')
      .slice(0, count);
  }

  /** A title of answers with the answers after it, or answers alone where nothing else can be meant. */
  private beginsList(line: Line, at: number): boolean {
    if (this.blocks.length === 0) return false;
    if (this.takePart(line)) return true;
    const end = listTitleEnd(line.folded);
    if (end === undefined) {
      const entries = listedAnswers(line.folded);
      const isPlain = entries && (entries.length > 2 || /\d\s*[-~—–至到]\s*\d/u.test(line.folded));
      if (!isPlain) return false;
      this.openList(null);
      return this.takeListed(line, at);
    }
    const rest = line.folded.slice(end);
    if (rest.trim() === '') {
      const [next, after] = this.following(at, 2);
      const first = next && headingOf(next.folded) ? after : next;
      const isPart = next !== undefined && partAnswers(next.folded) !== undefined;
      const isListed =
        first && (listedAnswers(first.folded) ?? (first !== next && writtenAnswers(first.folded, first.text)));
      if (!isPart && !isListed) return false;
      this.openList(null);
      return true;
    }
    const entries = listedAnswers(rest);
    if (!entries || !/^\s*[(【[第]?\s*\d/u.test(rest)) return false;
    this.openList(null);
    for (const answer of entries) this.list!.entries.push({ line, answer });
    return true;
  }

  /** `三、判断题 1-3 √×√`, and inside a list also `三、1-3 √×√`. */
  private takePart(line: Line): boolean {
    const part = partAnswers(line.folded);
    if (!part || (part.title === '' && !this.list)) return false;
    const type = headingOf(`${part.title}:`)?.type ?? null;
    if (part.title !== '' && type === null) return false;
    // Without a title it is the same list: a number that falls back begins the next section.
    if (part.title !== '') this.openList(type);
    for (const answer of part.answers) this.list!.entries.push({ line, answer });
    return true;
  }

  private openList(type: AnswerGroup['type']): void {
    this.list = { type, blocks: this.blocks.length, entries: [] };
    this.groups.push(this.list);
  }

  /** False where the list has ended with the line before. */
  private takeListed(line: Line, at: number): boolean {
    if (this.takePart(line)) return true;
    const heading = headingOf(line.folded);
    if (heading) {
      const [next] = this.following(at, 1);
      const goesOnHere = next && (listedAnswers(next.folded) ?? (this.isWrittenList(next, at) ? [] : undefined));
      if (!goesOnHere) {
        this.list = null;
        return false;
      }
      this.openList(heading.type);
      return true;
    }
    const [next] = this.following(at, 1);
    const isQuestion = startOf(line.folded) && next && optionMarks(next.folded, 0, false).length > 0;
    const entries = listedAnswers(line.folded) ?? (isQuestion ? undefined : writtenAnswers(line.folded, line.text));
    if (!entries) {
      if (isQuestion) {
        this.list = null;
        return false;
      }
      this.leftOver.push(line);
      return true;
    }
    for (const answer of entries) this.list!.entries.push({ line, answer });
    return true;
  }

  /** Numbered lines after a heading inside a list are answers unless options, gaps to fill or labels follow. */
  private isWrittenList(line: Line, at: number): boolean {
    const some = this.following(at, 8);
    return (
      writtenAnswers(line.folded, line.text) !== undefined &&
      !some.some((each) => optionMarks(each.folded, 0, false).length > 0 || labelOf(each.folded)?.label === 'answer') &&
      !/_{2,}|\(\s*\)|【\s*】/u.test(line.folded)
    );
  }

  private giveOut(group: AnswerGroup): void {
    const open = this.blocks.slice(0, group.blocks).filter((block) => !block.listed);
    const ofType = group.type ? open.filter((block) => block.heading?.type === group.type) : [];
    let pool = ofType.length > 0 ? ofType : open;
    let before = 0;
    for (const { line, answer } of group.entries) {
      const number = Number(answer.number);
      // A number that falls back begins the next section's answers.
      if (number <= before) {
        const last = Math.max(
          ...this.blocks.filter((block) => block.listed && pool.includes(block)).map((b) => b.section),
        );
        pool = pool.filter((block) => block.section > last);
      }
      before = number;
      const block = pool.find((each) => Number(each.start.number) === number && !each.listed);
      if (block) block.listed = answer;
      else if (!this.leftOver.includes(line)) this.leftOver.push(line);
    }
  }
}

function materialOf(lines: readonly string[]): FileMaterial | null {
  const text = lines.join('\n').trim();
  return text === '' ? null : { title: [...lines[0]!].slice(0, 30).join(''), text };
}
