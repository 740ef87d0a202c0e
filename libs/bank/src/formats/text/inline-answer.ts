import { foldedLine } from './folding.js';
import { lettersFrom, truthFrom } from './answers.js';

export interface InlineAnswer {
  readonly answer: string;
  /** The stem with an empty place where the answer stood. */
  readonly stem: string;
  /** How many brackets could have been the answer. */
  readonly count: number;
}

const inBracket = /\(\s*([A-Ja-j①-⑩](?:[\s、,]*[A-Ja-j①-⑩])*|√|×|✓|✔|✗|✕|对|错|正确|错误|T|F)\s*\)/gu;

/** The answer inside the stem's brackets: `是（ D ）。`, `（√）`. The last one counts where several stand there. */
export function answerInStem(stem: string, wants: 'letters' | 'truth' | 'either'): InlineAnswer | undefined {
  const folded = foldedLine(stem);
  const fitting = [...folded.matchAll(inBracket)].filter((match) => {
    const text = match[1]!;
    if (wants === 'letters') return lettersFrom(text) !== undefined && truthFrom(text) !== true;
    if (wants === 'truth') return truthFrom(text) !== undefined;
    return true;
  });
  const last = fitting.at(-1);
  if (!last) return undefined;
  const answer = last[1]!.trim();
  const end = last.index + last[0].length;
  const isAtEdge = stem.slice(end).replace(/[\s。.]/gu, '') === '' || stem.slice(0, last.index).trim() === '';
  const isJudged = truthFrom(answer) !== undefined && !(wants === 'letters');
  const place = isJudged && isAtEdge ? '' : '（　　）';
  return { answer, stem: `${stem.slice(0, last.index)}${place}${stem.slice(end)}`.trim(), count: fitting.length };
}

const underlined = /_+\s*([^_\n]{1,60}?)\s*_+/gu;
const framed = /【\s*([^【】\n]{1,60}?)\s*】/gu;
const bracketed = /\(\s*([^()\n]{1,40}?)\s*\)/gu;

export interface FilledBlanks {
  readonly stem: string;
  readonly answers: readonly string[];
  /** Underlined answers are meant; words in plain brackets may be remarks. */
  readonly isSure: boolean;
}

/** Answers that stand in the gaps themselves: `不忘__初心__`, `不忘【初心】`, `不忘（初心）`. */
export function answersInGaps(stem: string): FilledBlanks | undefined {
  const folded = foldedLine(stem);
  for (const [pattern, isSure] of [
    [underlined, true],
    [framed, true],
    [bracketed, false],
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
    return { stem: rest + stem.slice(from), answers, isSure };
  }
  return undefined;
}
