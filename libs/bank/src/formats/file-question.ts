import type { Difficulty, PictureType, QuestionPicture, QuestionType } from '@xuekao/contracts';

/** A picture by the hash of its bytes, which are kept beside. */
export interface FilePicture extends QuestionPicture {
  readonly mediaType: PictureType;
}

export interface FileOption {
  readonly text: string;
  readonly correct: boolean;
  readonly picture?: FilePicture;
}

export interface FilePair {
  readonly left: string;
  readonly right: string;
}

export interface FileMaterial {
  readonly title: string;
  readonly text: string;
  readonly pictures?: readonly FilePicture[];
}

/** A question as every reader gives it and every writer takes it. What a format does not say is null or empty. */
export interface FileQuestion {
  readonly type: QuestionType;
  readonly stem: string;
  /** Below the stem. */
  readonly pictures: readonly FilePicture[];
  /** single and multiple. */
  readonly options: readonly FileOption[];
  readonly truth: boolean | null;
  /** Accepted wordings per blank. */
  readonly answers: readonly (readonly string[])[];
  readonly orderFree: boolean;
  /** ordering: the items in their right order. */
  readonly order: readonly string[];
  readonly pairs: readonly FilePair[];
  /** matching: rights that belong to no left. */
  readonly spareRights: readonly string[];
  /** short-answer. */
  readonly reference: string;
  readonly rubric: readonly string[];
  readonly material: FileMaterial | null;
  readonly explanation: string;
  readonly source: string;
  readonly difficulty: Difficulty | null;
  readonly topic: string;
  /** In hundredths of a point. */
  readonly marks: number | null;
  readonly code: string;
}

export function fileQuestion(given: Partial<FileQuestion> & Pick<FileQuestion, 'type' | 'stem'>): FileQuestion {
  return {
    pictures: [],
    options: [],
    truth: null,
    answers: [],
    orderFree: false,
    order: [],
    pairs: [],
    spareRights: [],
    reference: '',
    rubric: [],
    material: null,
    explanation: '',
    source: '',
    difficulty: null,
    topic: '',
    marks: null,
    code: '',
    ...given,
  };
}

const difficultyWords: Readonly<Record<string, Difficulty>> = {
  '1': 1,
  '2': 2,
  '3': 3,
  易: 1,
  容易: 1,
  简单: 1,
  较易: 1,
  低: 1,
  初级: 1,
  '★': 1,
  中: 2,
  中等: 2,
  一般: 2,
  适中: 2,
  普通: 2,
  中级: 2,
  '★★': 2,
  难: 3,
  较难: 3,
  困难: 3,
  高: 3,
  高级: 3,
  '★★★': 3,
};

/** `易`, `中等`, `3`, `★★`, or a facility such as 0.75 (from 0.7 on easy, below 0.4 hard); undefined for anything else. */
export function difficultyOf(text: string): Difficulty | undefined {
  const plain = text.normalize('NFKC').replace(/[\s。]/gu, '');
  const named = difficultyWords[plain];
  if (named || !/^(?:0?\.\d{1,2}|1\.0)$/u.test(plain)) return named;
  const facility = Number(plain);
  return facility >= 0.7 ? 1 : facility < 0.4 ? 3 : 2;
}

/** `2`, `2分`, `0.5 分` as hundredths; undefined for anything else. */
export function marksOf(text: string): number | undefined {
  const match = /^(\d{1,3}(?:\.\d{1,2})?)\s*分?$/u.exec(text.normalize('NFKC').trim());
  return match ? Math.round(Number(match[1]) * 100) : undefined;
}

export function marksText(hundredths: number): string {
  return String(hundredths / 100);
}

/** The type that a word such as `单项选择`, `判断题`, `multiple` names. */
export function typeNamed(word: string): QuestionType | undefined {
  const plain = word
    .normalize('NFKC')
    .replace(/[\s题()[\]【】]/gu, '')
    .toLowerCase();
  return typeWords.find(([pattern]) => pattern.test(plain))?.[1];
}

const typeWords: readonly (readonly [RegExp, QuestionType])[] = [
  [/^(?:单(?:项)?选(?:择)?|single(?:-?choice)?)$/u, 'single'],
  [/^(?:多(?:项)?选(?:择)?|不定项(?:选择?)?|multiple(?:-?choice)?)$/u, 'multiple'],
  [/^(?:判断(?:正误|对错)?|是非|对错|正误|true-?false)$/u, 'true-false'],
  [/^(?:填空|blank|fill-?in)$/u, 'blank'],
  [/^(?:简答|问答|论述|主观|名词解释|简述|short-?answer|essay)$/u, 'short-answer'],
  [/^(?:排序|ordering|order)$/u, 'ordering'],
  [/^(?:连线|配对|匹配|matching|match)$/u, 'matching'],
];

/** Every picture that a question shows. */
export function picturesIn({ pictures, options, material }: FileQuestion): FilePicture[] {
  return [...pictures, ...options.flatMap((option) => option.picture ?? []), ...(material?.pictures ?? [])];
}

/** As bodies have it. */
export function shownPicture({ id, alt, width, height }: FilePicture): QuestionPicture {
  return { id, alt, width, height };
}
