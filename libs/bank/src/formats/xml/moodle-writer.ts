import type { FilePicture, FileQuestion } from '../file-question.js';
import { pictureName } from '../pictures/picture-bytes.js';
import type { PictureBytes } from '../pictures/picture-bytes.js';
import { marksText } from '../file-question.js';
import { metaLines } from '../meta-lines.js';
import { clozeText } from './cloze.js';
import { escapedXml, htmlOf } from './html-text.js';

const html = (name: string, text: string, shown: Shown = none): string =>
  `<${name} format="html"><text>${escapedXml(htmlOf(text) + shown.html)}</text>${shown.files}</${name}>`;

/** Pictures of a text: as they stand in it, and as files beside it. */
interface Shown {
  readonly html: string;
  readonly files: string;
}
const none: Shown = { html: '', files: '' };

function shownOf(pictures: readonly FilePicture[], bytes: PictureBytes): Shown {
  const images = pictures.map((picture) => {
    const { alt, width, height } = picture;
    const source = `@@PLUGINFILE@@/${pictureName(picture)}`;
    return `<p><img src="${source}" alt="${escapedXml(alt)}" width="${width}" height="${height}"/></p>`;
  });
  const files = pictures.map((picture) => {
    const content = Buffer.from(bytes.get(picture.id) ?? []).toString('base64');
    return `<file name="${pictureName(picture)}" path="/" encoding="base64">${content}</file>`;
  });
  return { html: images.join(''), files: files.join('') };
}
const plain = (name: string, text: string): string => `<${name}><text>${escapedXml(text)}</text></${name}>`;

function answer(text: string, fraction: string | number, isHtml = true, shown: Shown = none): string {
  const inner = isHtml ? escapedXml(htmlOf(text) + shown.html) : escapedXml(text);
  const format = isHtml ? 'html' : 'plain_text';
  return `<answer fraction="${fraction}" format="${format}"><text>${inner}</text>${shown.files}</answer>`;
}

interface Written {
  readonly type: string;
  readonly stem?: string;
  readonly lines: readonly string[];
}

function writtenOf(question: FileQuestion, bytes: PictureBytes): Written {
  switch (question.type) {
    case 'single':
    case 'multiple': {
      const right = question.options.filter((option) => option.correct).length;
      const share = question.type === 'single' ? '100' : String(Number((100 / right).toFixed(5)));
      const isSingle = question.type === 'single';
      const wrong = isSingle ? '0' : '-100';
      return {
        type: 'multichoice',
        lines: [
          `<single>${isSingle}</single><shuffleanswers>true</shuffleanswers><answernumbering>ABCD</answernumbering>`,
          ...question.options.map(({ text, correct, picture }) =>
            answer(text, correct ? share : wrong, true, shownOf(picture ? [picture] : [], bytes)),
          ),
        ],
      };
    }
    case 'true-false':
      return {
        type: 'truefalse',
        lines: [answer('true', question.truth ? 100 : 0, false), answer('false', question.truth ? 0 : 100, false)],
      };
    case 'blank': {
      const stem = question.answers.length > 1 ? clozeText(question.stem, question.answers) : undefined;
      if (stem !== undefined) return { type: 'cloze', stem, lines: [] };
      const wordings = question.answers[0] ?? [];
      const lines = wordings.map((wording) => answer(wording.replace(/\*/gu, '\\*'), 100, false));
      return { type: 'shortanswer', lines: ['<usecase>0</usecase>', ...lines] };
    }
    case 'short-answer':
      return {
        type: 'essay',
        lines: [
          '<responseformat>editor</responseformat><responserequired>1</responserequired>',
          html('graderinfo', question.reference),
        ],
      };
    case 'ordering':
      return {
        type: 'ordering',
        lines: [
          `<layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype><selectcount>${question.order.length}</selectcount>`,
          '<gradingtype>ABSOLUTE_POSITION</gradingtype><showgrading>SHOW</showgrading>',
          ...question.order.map((text, index) => answer(text, `${index + 1}.0000000`)),
        ],
      };
    case 'matching':
      return {
        type: 'matching',
        lines: [
          '<shuffleanswers>true</shuffleanswers>',
          ...[...question.pairs, ...question.spareRights.map((right) => ({ left: '', right }))].map(
            ({ left, right }) =>
              `<subquestion format="html"><text>${left === '' ? '' : escapedXml(htmlOf(left))}</text>${plain('answer', right)}</subquestion>`,
          ),
        ],
      };
  }
}

/** A blank question without gaps cannot have several blanks in Moodle; a material is a note there, without pictures. */
export function fitsMoodle(question: FileQuestion): boolean {
  if ((question.material?.pictures ?? []).length > 0) return false;
  return (
    question.type !== 'blank' ||
    question.answers.length === 1 ||
    clozeText(question.stem, question.answers) !== undefined
  );
}

const tagFields = ['source', 'difficulty', 'topic', 'rubric', 'materialTitle', 'material', 'orderFree'] as const;

function elementOf(question: FileQuestion, bytes: PictureBytes): string {
  const { type, stem = question.stem, lines } = writtenOf(question, bytes);
  const name = question.code || [...question.stem.replace(/\s+/gu, ' ')].slice(0, 40).join('');
  const tags = metaLines(question, tagFields).map((line) => plain('tag', line));
  return [
    `<question type="${type}">`,
    plain('name', name),
    html('questiontext', stem, shownOf(question.pictures, bytes)),
    html('generalfeedback', question.explanation),
    `<defaultgrade>${question.marks === null ? '1' : marksText(question.marks)}</defaultgrade>`,
    '<penalty>0</penalty>',
    '<hidden>0</hidden>',
    ...(question.code === '' ? [] : [`<idnumber>${escapedXml(question.code)}</idnumber>`]),
    ...lines,
    `<tags>${tags.join('')}</tags>`,
    '</question>',
  ].join('\n');
}

export function writeMoodleXml(questions: readonly FileQuestion[], bytes: PictureBytes = new Map()): string {
  const items = questions.filter(fitsMoodle).map((question) => elementOf(question, bytes));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n${items.join('\n')}\n</quiz>\n`;
}
