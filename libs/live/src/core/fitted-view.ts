import type { QuizBoard, QuizView } from '@xuekao/contracts';
import type { QuizQuestion } from './quiz-state.js';

/** A returning phone gets its whole screen in so many bytes of UTF-8. Source: live.md §1 no. 11. */
export const mostViewBytes = 4096;

/** All that is shown of a question in a hall, and its key: what fits into a view beside everything else, and on a wall. */
export const mostQuestionBytes = 2048;

export function questionBytes(question: QuizQuestion): number {
  const { stem, options, targets, key, material, pictures, optionPictures, targetPictures } = question;
  const shown = { stem, options, targets, key, material, pictures, optionPictures, targetPictures };
  return bytesOf(JSON.stringify(shown));
}

const titleLine = 24;

const shortBoard = (board: QuizBoard, rows: number): QuizBoard => ({
  seats: board.seats.slice(0, rows),
  units: board.units.slice(0, rows),
});

/**
 * The view in at most `mostViewBytes`. What gives way, one after the other until it fits: rows of the board below the tenth,
 * the explanation's end, the question and its reveal once the scoreboard hides them, the rows below the third, all rows, and
 * of the title what goes beyond a line.
 */
export function fittedView(view: QuizView): QuizView {
  if (isFitting(view)) return view;
  let fitted = withBoard(view, 10);
  if (isFitting(fitted)) return fitted;
  fitted = withShortExplanation(fitted);
  if (isFitting(fitted)) return fitted;
  if (fitted.phase === 'scoreboard') fitted = { ...fitted, question: null, reveal: null };
  for (const rows of [5, 3, 1, 0]) {
    if (isFitting(fitted)) return fitted;
    fitted = withBoard(fitted, rows);
  }
  return isFitting(fitted) ? fitted : { ...fitted, title: lineOf(fitted.title) };
}

const lineOf = (title: string): string => {
  const signs = [...title];
  return signs.length > titleLine ? `${signs.slice(0, titleLine).join('')}…` : title;
};

function withBoard(view: QuizView, rows: number): QuizView {
  return view.board === null ? view : { ...view, board: shortBoard(view.board, rows) };
}

/** Cut so far that the whole fits, or away. */
function withShortExplanation(view: QuizView): QuizView {
  const { reveal } = view;
  if (!reveal?.explanation) return view;
  const without = { ...view, reveal: { ...reveal, explanation: null } };
  let room = mostViewBytes - bytesOf(JSON.stringify(without)) - 8;
  const kept: string[] = [];
  for (const char of reveal.explanation) {
    room -= bytesOf(JSON.stringify(char)) - 2;
    if (room < 0) break;
    kept.push(char);
  }
  if (room >= 0) return view;
  return kept.length === 0 ? without : { ...view, reveal: { ...reveal, explanation: `${kept.join('')}…` } };
}

/** Most views are far from the limit: a character is at most three bytes. */
function isFitting(view: QuizView): boolean {
  const text = JSON.stringify(view);
  return text.length * 3 <= mostViewBytes || bytesOf(text) <= mostViewBytes;
}

/** Length in UTF-8. */
export function bytesOf(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : unit >= 0xd800 && unit < 0xe000 ? 2 : 3;
  }
  return bytes;
}
