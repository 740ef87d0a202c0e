import type { Difficulty, ImportGuess, QuestionType } from '@xuekao/contracts';
import { refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import { gapsIn, letterOf } from '../../core/index.js';
import { difficultyOf, fileQuestion, marksOf, typeNamed } from '../file-question.js';
import type { FileMaterial, FileQuestion } from '../file-question.js';
import { blankAnswers, lettersOf, lettersWithTexts, orderOf, pairsOf, withNumberedGaps } from './answer-parts.js';
import { lettersFrom, truthFrom } from './answers.js';
import { waysAtStrokes, wordingsOf } from '../wordings.js';
import { partsOf } from './block-parts.js';
import type { BlockParts, ReadOption } from './block-parts.js';
import type { ListedAnswer } from './answers.js';
import type { Block } from './document.js';
import { joinedLines, onOneLine } from './folding.js';
import { answerInStem, answersInGaps } from './inline-answer.js';

export interface BlockReading {
  /** Null without a stem. Where the question is at fault, what could be read of it, for a person to mend. */
  readonly draft: FileQuestion | null;
  readonly isWhole: boolean;
  readonly stem: string;
  readonly refusals: readonly Refusal[];
  readonly guesses: readonly ImportGuess[];
}

export type NamedType = QuestionType | 'choice' | null;
type Core = Partial<FileQuestion> & Pick<FileQuestion, 'type' | 'stem'>;

function sameAnswer(a: string, b: string): boolean {
  const form = (text: string): string =>
    lettersFrom(text)?.toSorted().join('') ?? String(truthFrom(text) ?? text.normalize('NFKC').replace(/\s/gu, ''));
  return form(a) === form(b) || (truthFrom(a) !== undefined && truthFrom(a) === truthFrom(b));
}

function linesOf(text: string, parting: RegExp): string[] {
  return text
    .split(parting)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** What is known of a question from outside its own parts. */
export interface Surroundings {
  readonly named: NamedType;
  /** Per question of its section, in hundredths. */
  readonly marks: number | null;
  readonly material: FileMaterial | null;
  readonly listed: ListedAnswer | null;
  /** What stood in brackets before its number. */
  readonly before: string;
}

/** Turns the parts of one question into a draft; collects what had to be guessed. */
class QuestionReader {
  readonly guesses: ImportGuess[] = [];
  readonly refusals: Refusal[] = [];
  private readonly named: NamedType;
  private stem: string;
  private answer: string;

  constructor(
    private readonly parts: BlockParts,
    private readonly around: Surroundings,
  ) {
    this.stem = joinedLines(this.parts.stem);
    this.named = typeNamed(this.label('type')) ?? this.parts.type ?? around.named;
    this.answer = this.outsideAnswer();
  }

  read(): BlockReading {
    const told = this.label('type');
    if (told !== '' && !typeNamed(told)) {
      this.refusals.push(refuse('bank.question.type-unknown', { found: told.slice(0, 20) }));
    }
    const core = this.coreOf();
    const isWhole = !('kind' in core);
    if ('kind' in core) this.refusals.unshift(core);
    const draft = this.stem === '' ? null : this.completed('kind' in core ? this.partial() : core);
    return { draft, isWhole, stem: this.stem, refusals: this.refusals, guesses: this.guesses };
  }

  /** What is there although an answer or an option is missing. */
  private partial(): Core {
    const texts = this.parts.options.map((option) => joinedLines(option.lines));
    const letters = lettersFrom(this.answer) ?? [];
    const options = texts.map((text, index) => ({ text, correct: letters.includes(letterOf(index)) }));
    const usual = options.length > 0 ? (letters.length > 1 ? 'multiple' : 'single') : 'true-false';
    const type = this.named === null || this.named === 'choice' ? usual : this.named;
    return { type, stem: this.stem, options: type === 'single' || type === 'multiple' ? options : [] };
  }

  private label(name: Parameters<BlockParts['labelled']['get']>[0]): string {
    return this.parts.labelled.get(name) ?? '';
  }

  private outsideAnswer(): string {
    const given = this.label('answer');
    const { doubled } = this.parts;
    if (doubled !== null && !sameAnswer(doubled, given)) this.disagree(doubled, given);
    const listed = this.around.listed?.answer ?? '';
    if (given !== '' && listed !== '' && !sameAnswer(given, listed)) this.disagree(given, listed);
    return listed === '' ? given : listed;
  }

  private disagree(inline: string, other: string): void {
    this.guesses.push({ what: 'answer', guess: other, reason: 'answers-disagree', facts: { inline, other } });
  }

  /** The answer wherever it stands; what stood in the stem's brackets leaves the stem. */
  private takeInline(wants: 'letters' | 'truth' | 'either'): void {
    const inline = answerInStem(this.stem, wants);
    const before = this.around.before;
    const ahead = before !== '' && (wants === 'letters' ? lettersFrom(before) : truthFrom(before) !== undefined);
    if (!inline) {
      if (ahead && this.answer === '') this.answer = before;
      else if (ahead && !sameAnswer(before, this.answer)) this.disagree(before, this.answer);
      return;
    }
    if (this.answer === '') {
      this.answer = inline.answer;
      if (inline.count > 1) this.guesses.push({ what: 'answer', guess: inline.answer, reason: 'several-brackets' });
    } else if (!sameAnswer(inline.answer, this.answer)) {
      this.disagree(inline.answer, this.answer);
    }
    this.stem = inline.stem;
  }

  private coreOf(): Core | Refusal {
    if (this.stem === '') return refuse('bank.question.stem-missing');
    const { named } = this;
    if (named === 'ordering') return this.ordering();
    if (named === 'matching') return this.matching();
    if (this.parts.options.length > 0) return this.choice(this.options());
    if (named === 'short-answer') return this.written();
    if (named === 'blank') return this.blanks();
    if (named === 'true-false') return this.judged();
    if (named === null && gapsIn(this.stem) > 0 && this.answer !== '' && !truthFrom(this.answer)) {
      if (!lettersFrom(this.answer) || this.parts.stem.length < 3) return this.blanks();
    }
    if (named === null) this.takeInline('either');
    if (named === null && truthFrom(this.answer) !== undefined && this.parts.stem.length < 3) return this.judged();
    if (named !== null || lettersFrom(this.answer)) return this.unlettered();
    if (this.answer === '') return refuse('bank.question.key-missing');
    if (gapsIn(this.stem) > 0) return this.blanks();
    this.guesses.push({ what: 'type', guess: '简答题', reason: 'text-as-short-answer' });
    return this.written();
  }

  /** Options whose letters run A, B, C…; one lost letter is put back where the line before has a second line. */
  private options(): string[] | Refusal {
    const found: ReadOption[] = [...this.parts.options];
    for (let at = 0; at < found.length; at++) {
      const { index } = found[at]!;
      if (index === at) continue;
      const before = at === 0 ? this.parts.stem : found[at - 1]!.lines;
      if (index !== at + 1 || before.length < 2)
        return refuse('bank.question.option-missing', { option: letterOf(at) });
      const lines = at === 0 ? before.splice(-1) : before.splice(1);
      if (at === 0) this.stem = joinedLines(this.parts.stem);
      found.splice(at, 0, { index: at, lines });
      const option = letterOf(at);
      this.guesses.push({
        what: 'options',
        guess: lines.join(' '),
        reason: 'option-letter-missing',
        facts: { option },
      });
    }
    return found.map((option) => onOneLine(joinedLines(option.lines)));
  }

  private choice(options: readonly string[] | Refusal): Core | Refusal {
    if ('kind' in options) return options;
    const truth = options.map(truthFrom);
    const isJudged = options.length === 2 && truth[0] !== undefined && truth[1] === !truth[0];
    this.takeInline('letters');
    if (isJudged && (this.named === null || this.named === 'true-false'))
      return this.judgedByOption(truth as boolean[]);
    if (this.answer === '') return refuse('bank.question.key-missing');
    const letters = lettersOf(this.answer) ?? lettersWithTexts(this.answer, options);
    if (!letters) return refuse('bank.question.key-unreadable', { found: this.answer.slice(0, 40) });
    const wanted = [...new Set(letters)];
    const most = letterOf(options.length - 1);
    const beyond = wanted.find((letter) => letter > most);
    if (beyond) return refuse('bank.question.key-unknown-option', { option: beyond });
    const type = this.choiceType(wanted.length);
    return {
      type,
      stem: this.stem,
      options: options.map((text, index) => ({ text, correct: wanted.includes(letterOf(index)) })),
    };
  }

  private choiceType(found: number): 'single' | 'multiple' {
    if (found > 1) {
      if (this.named !== null && this.named !== 'multiple' && this.named !== 'choice') {
        const heading = this.named === 'single' ? '单选题' : '其他题型';
        this.guesses.push({ what: 'type', guess: '多选题', reason: 'type-from-answer', facts: { heading, found } });
      }
      return 'multiple';
    }
    if (this.named !== 'multiple') return 'single';
    this.guesses.push({ what: 'answer', guess: this.answer, reason: 'single-answer-multiple' });
    return 'multiple';
  }

  private judgedByOption(truth: readonly boolean[]): Core | Refusal {
    if (this.answer === '') return refuse('bank.question.key-missing');
    const letters = lettersFrom(this.answer);
    const index = letters?.length === 1 ? letters[0]!.charCodeAt(0) - 65 : -1;
    const answer = truth[index] ?? truthFrom(this.answer);
    if (answer === undefined) return refuse('bank.question.key-unreadable', { found: this.answer.slice(0, 40) });
    return { type: 'true-false', stem: this.stem, truth: answer };
  }

  private judged(): Core | Refusal {
    this.takeInline('truth');
    if (this.answer === '') return refuse('bank.question.key-missing');
    const truth = truthFrom(this.answer);
    if (truth !== undefined) return { type: 'true-false', stem: this.stem, truth };
    const letter = lettersFrom(this.answer)?.join('');
    if (letter !== 'A' && letter !== 'B') {
      return refuse('bank.question.key-unreadable', { found: this.answer.slice(0, 40) });
    }
    const guess = letter === 'A' ? '正确' : '错误';
    this.guesses.push({ what: 'answer', guess, reason: 'truth-as-letter', facts: { letter, truth: guess } });
    return { type: 'true-false', stem: this.stem, truth: letter === 'A' };
  }

  /** Lines after the stem as options, where nothing else can be the options. */
  private unlettered(): Core | Refusal {
    const [first, ...rest] = this.parts.stem;
    const found = rest.length === 1 ? rest[0]!.split(/\s{2,}|\u3000+/u) : rest;
    const options = found.map((text) => text.trim()).filter((text) => text !== '');
    if (options.length < 2 || options.length > 10) {
      return refuse('bank.question.options-too-few', { found: 0, least: 2 });
    }
    this.stem = first!;
    this.guesses.push({ what: 'options', guess: options.join('；'), reason: 'options-without-letters' });
    return this.choice(options);
  }

  private blanks(): Core | Refusal {
    let answer = this.answer;
    if (answer === '') {
      const filled = answersInGaps(this.stem);
      if (!filled) return refuse('bank.question.key-missing');
      this.stem = filled.stem;
      if (filled.doubt) {
        this.guesses.push({ what: 'answer', guess: filled.answers.join('；'), reason: filled.doubt });
      }
      return { type: 'blank', stem: this.stem, answers: filled.answers.map((text) => [text]) };
    }
    const gapped = withNumberedGaps(this.stem, answer);
    if (gapped !== this.stem) this.guesses.push({ what: 'text', guess: gapped, reason: 'numbered-gaps' });
    this.stem = gapped;
    const orderFree = /[(（]\s*(?:顺序不限|不分先后|次序不限)\s*[)）]\s*$/u.test(answer);
    if (orderFree) answer = answer.replace(/[(（][^()（）]*[)）]\s*$/u, '').trim();
    const answers = blankAnswers(this.stem, answer).map((part) => {
      const ways = waysAtStrokes(part);
      if (ways) this.guesses.push({ what: 'answer', guess: ways.join('、'), reason: 'answer-with-slash' });
      return ways ?? wordingsOf(part);
    });
    return { type: 'blank', stem: this.stem, answers, orderFree };
  }

  private written(): Core | Refusal {
    if (this.answer === '') return refuse('bank.question.key-missing');
    const rubric = linesOf(this.label('rubric'), /\n/u);
    return { type: 'short-answer', stem: this.stem, reference: this.answer, rubric };
  }

  private ordering(): Core | Refusal {
    const options = this.options();
    if ('kind' in options) return options;
    const order = orderOf(options, this.answer);
    return 'kind' in order ? order : { type: 'ordering', stem: this.stem, order };
  }

  private matching(): Core | Refusal {
    const isApart = this.answer === '';
    const parting = this.answer.includes('\n') ? /\n/u : /[;；]/u;
    const pairs = pairsOf(isApart ? this.parts.stem.slice(1) : this.answer.split(parting));
    if ('kind' in pairs) return pairs;
    if (isApart) this.stem = this.parts.stem[0]!;
    const spareRights = linesOf(this.label('spare'), /[;；\n]/u);
    return { type: 'matching', stem: this.stem, pairs, spareRights };
  }

  /** Its words with the signs of its pictures behind them; what has no place goes where it is counted. */
  private pictured(core: Core): Core {
    const { pictures, options } = this.parts;
    const hasOptions = (core.options?.length ?? 0) > 0 && core.options?.length === options.length;
    const loose = hasOptions ? '' : options.map((option) => option.pictures ?? '').join('');
    return {
      ...core,
      stem: core.stem + pictures.stem + loose,
      ...(hasOptions
        ? { options: core.options!.map((each, at) => ({ ...each, text: each.text + (options[at]!.pictures ?? '') })) }
        : {}),
    };
  }

  private completed(core: Core): FileQuestion {
    return fileQuestion({
      ...this.pictured(core),
      material: this.around.material,
      explanation: (this.label('explanation') || (this.around.listed?.explanation ?? '')) + this.parts.pictures.lost,
      source: this.label('source').replace(/\n/gu, ' '),
      topic: this.label('topic').replace(/\n/gu, ' '),
      difficulty: this.difficulty(),
      marks: marksOf(this.label('marks')) ?? this.parts.marks ?? this.around.marks ?? null,
      code: this.label('code').trim(),
    });
  }

  private difficulty(): Difficulty | null {
    const told = this.label('difficulty').trim();
    const difficulty = difficultyOf(told) ?? null;
    if (told !== '' && !difficulty) {
      this.refusals.push(refuse('bank.import.difficulty-unreadable', { found: told.slice(0, 20) }));
    }
    return difficulty;
  }
}

export function readQuestion(parts: BlockParts, around: Surroundings): BlockReading {
  return new QuestionReader(parts, around).read();
}

export function readBlock(block: Block): BlockReading {
  const { heading, material, listed, start, numberBefore } = block;
  const named = heading && heading.type !== 'material' ? heading.type : null;
  const around = { named, marks: heading?.marks ?? null, material, listed, before: start.before };
  const reading = readQuestion(partsOf(block), around);
  const number = Number(start.number);
  const guesses: ImportGuess[] = [...reading.guesses];
  if (block.points.isDoubtful) {
    const guess = String(block.points.last);
    guesses.push({ what: 'text', guess, reason: 'numbered-explanation' });
  }
  if (numberBefore > 0 && number > numberBefore + 1) {
    const facts = { before: numberBefore, found: number };
    guesses.push({ what: 'number', guess: start.number, reason: 'number-jump', facts });
  }
  return { ...reading, guesses };
}
