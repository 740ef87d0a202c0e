import { refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';

export interface Cloze {
  readonly stem: string;
  readonly answers: readonly (readonly string[])[];
}

const written = /^(?:SHORTANSWER(?:_C)?|SA|SAC|MW|MWC|NUMERICAL|NM)$/u;
const unescaped = (text: string): string => text.replace(/\\([\s\S])/gu, '$1');

/** Wordings that get the whole mark: `=初心#好~%100%本心~%50%心`. */
function wordingsOf(text: string): string[] {
  return text.split(/(?<!\\)~/u).flatMap((part) => {
    const match = /^(?:=|%(-?\d+(?:\.\d+)?)%)?([\s\S]*)$/u.exec(part.trim())!;
    const isRight = part.trim().startsWith('=') || match[1] === '100';
    const wording = unescaped(match[2]!.split(/(?<!\\)#/u)[0]!.split(/(?<!\\):/u)[0]!).trim();
    return isRight && wording !== '' ? [wording] : [];
  });
}

/** Moodle's embedded answers `{1:SHORTANSWER:=初心}` as a stem with gaps. Refuses embedded choices. */
export function clozeOf(text: string): Cloze | Refusal {
  const answers: string[][] = [];
  let other = '';
  const stem = text.replace(
    /(?<!\\)\{\s*(\d*)\s*:\s*([A-Z_]+)\s*:((?:\\[\s\S]|[^\\}])*)\}/gu,
    (_all, _weight, kind: string, body: string) => {
      if (!written.test(kind)) other = kind;
      answers.push(wordingsOf(body));
      return '____';
    },
  );
  if (other !== '') return refuse('bank.import.element-unsupported', { element: `cloze 中的 ${other}` });
  if (answers.length === 0) return refuse('bank.import.element-missing', { element: 'cloze 的空' });
  return { stem, answers };
}

const escaped = (text: string): string =>
  text.replace(/[\\}#~/"&:]/gu, (sign) => (sign === '&' || sign === '"' ? sign : `\\${sign}`));

/** A stem whose gaps are embedded answers; undefined where the gaps and the answers do not count out. */
export function clozeText(stem: string, answers: readonly (readonly string[])[]): string | undefined {
  let index = 0;
  const text = stem.replace(/_{2,}|[(（]\s*[)）]|【\s*】/gu, () => {
    const [first = '', ...more] = answers[index++] ?? [];
    return `{1:SHORTANSWER:=${escaped(first)}${more.map((wording) => `~%100%${escaped(wording)}`).join('')}}`;
  });
  return index === answers.length ? text : undefined;
}
