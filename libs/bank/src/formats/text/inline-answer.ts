import type { GuessReason } from '@xuekao/contracts';
import { gapsIn } from '../../core/index.js';
import { lettersFrom, truthFrom } from './answers.js';
import { foldedLine } from './folding.js';

export interface InlineAnswer {
  readonly answer: string;
  /** The stem with an empty place where the answer stood. */
  readonly stem: string;
  /** How many brackets could have been the answer. */
  readonly count: number;
}

const lettersIn = '[A-Ja-j①-⑩](?:[\\s、,]*[A-Ja-j①-⑩])*';
const inBracket = new RegExp(`\\(\\s*(${lettersIn}|√|×|✓|✔|✗|✕|[XxVv]|对|错|正确|错误|T|F)\\s*\\)`, 'gu');
const inFrame = new RegExp(`(?:[【[]|_+)\\s*(${lettersIn})\\s*(?:[】\\]]|_+)`, 'gu');
/** `每月召开。√` */
const atEnd = /(?<=[\s。])(√|×|✓|✔|✗|✕|[TF])\s*$/u;

/** The answer inside the stem's brackets: `是（ D ）。`, `（√）`, `【D】`. The last one counts where several stand there. */
export function answerInStem(stem: string, wants: 'letters' | 'truth' | 'either'): InlineAnswer | undefined {
  const folded = foldedLine(stem);
  const found = [...folded.matchAll(inBracket)].filter((match) => {
    const text = match[1]!;
    if (wants === 'letters') return lettersFrom(text) !== undefined && truthFrom(text) !== true;
    if (wants === 'truth') return truthFrom(text) !== undefined;
    return true;
  });
  const fitting = found.length === 0 && wants === 'letters' ? [...folded.matchAll(inFrame)] : found;
  const last = fitting.at(-1);
  if (!last) return wants === 'truth' ? truthAtEnd(stem, folded) : undefined;
  const answer = last[1]!.trim();
  const end = last.index + last[0].length;
  const isAtEdge = stem.slice(end).replace(/[\s。.]/gu, '') === '' || stem.slice(0, last.index).trim() === '';
  const isJudged = truthFrom(answer) !== undefined && !(wants === 'letters');
  const place = isJudged && isAtEdge ? '' : '（　　）';
  return { answer, stem: `${stem.slice(0, last.index)}${place}${stem.slice(end)}`.trim(), count: fitting.length };
}

function truthAtEnd(stem: string, folded: string): InlineAnswer | undefined {
  const match = atEnd.exec(folded);
  return match ? { answer: match[1]!, stem: stem.slice(0, match.index).trim(), count: 1 } : undefined;
}

/** A line of four or more is a gap to be filled, not the edge of a word that fills it. */
const underlined = /(?<!_)_{1,3}(?!_)\s*([^_\n]{1,60}?)\s*(?<!_)_{1,3}(?!_)/gu;
const framed = /【\s*([^【】\n]{1,60}?)\s*】/gu;
const bracketed = /\(\s*([^()\n]{1,40}?)\s*\)/gu;

export interface FilledBlanks {
  readonly stem: string;
  readonly answers: readonly string[];
  /** Words in 【】 are meant; a line may end one gap and begin the next, and words in plain brackets may be remarks. */
  readonly doubt: GuessReason | null;
}

/** Answers that stand in the gaps themselves: `不忘__初心__`, `不忘【初心】`, `不忘（初心）`. Undefined where a gap stays empty. */
export function answersInGaps(stem: string): FilledBlanks | undefined {
  const folded = foldedLine(stem);
  for (const [pattern, doubt] of [
    [underlined, 'answer-on-line'],
    [framed, null],
    [bracketed, 'answer-in-bracket-word'],
  ] as const) {
    const found = [...folded.matchAll(pattern)];
    if (found.length === 0) continue;
    let rest = '';
    let from = 0;
    const answers = found.map((match) => {
      const at = match.index + match[0].indexOf(match[1]!);
      rest += `${stem.slice(from, match.index)}____`;
      from = match.index + match[0].length;
      return stem.slice(at, at + match[1]!.length);
    });
    rest += stem.slice(from);
    return gapsIn(rest) === answers.length ? { stem: rest, answers, doubt } : undefined;
  }
  return undefined;
}
