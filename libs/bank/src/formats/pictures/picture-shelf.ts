import { createHash } from 'node:crypto';
import { isRefusal, refuse } from '@xuekao/kernel';
import type { Refusal } from '@xuekao/kernel';
import type { CleanPicture } from '../../core/index.js';
import { checkedPicture } from '../../picture-check.js';
import type { FilePicture } from '../file-question.js';
import { FileRefused } from '../reader-refusal.js';

/** Most pictures that one file may show, the same one counted each time. */
export const mostPictures = 500;

/** A place in the text where the file shows a picture; null where it is none that the bank takes. */
export interface ShownPicture {
  readonly picture: FilePicture | null;
  readonly refusal: Refusal | null;
}

/** Signs of the last private plane, one for each place, so that texts are read and cut with their pictures in them. */
const firstSign = 0x100000;
const signs = /[\u{100000}-\u{10FFFF}]/gu;

export const withoutSigns = (text: string): string => text.replace(signs, '');
export const signsIn = (text: string): string => (text.match(signs) ?? []).join('');
export const isOnlySigns = (text: string): boolean => text.trim() !== '' && withoutSigns(text).trim() === '';

/** The pictures of one file: each stored once, each place where it stands with words of its own. */
export class PictureShelf {
  readonly pictures = new Map<string, CleanPicture>();
  private readonly places: ShownPicture[] = [];
  private readonly byBytes = new Map<Uint8Array, CleanPicture | Refusal>();

  get isUsed(): boolean {
    return this.places.length > 0;
  }

  /** The sign that stands for the picture in a text. Bytes are undefined where the file does not hold what it shows. */
  add(bytes: Uint8Array | undefined, alt: string): string {
    if (this.places.length >= mostPictures) {
      throw new FileRefused(refuse('bank.import.too-many-pictures', { limit: mostPictures }));
    }
    this.places.push(this.shown(bytes, alt));
    return String.fromCodePoint(firstSign + this.places.length - 1);
  }

  /** What the signs in a text stand for, and the text without them. */
  taken(text: string): { readonly text: string; readonly shown: readonly ShownPicture[] } {
    const shown = [...signsIn(text)].flatMap((sign) => this.places[sign.codePointAt(0)! - firstSign] ?? []);
    return { text: withoutSigns(text), shown };
  }

  private shown(bytes: Uint8Array | undefined, alt: string): ShownPicture {
    if (!bytes) return { picture: null, refusal: null };
    const clean = this.byBytes.get(bytes) ?? checkedPicture(bytes);
    this.byBytes.set(bytes, clean);
    if (isRefusal(clean)) return { picture: null, refusal: clean };
    const id = createHash('sha256').update(clean.bytes).digest('hex');
    this.pictures.set(id, clean);
    const { width, height, mediaType } = clean;
    return { picture: { id, alt: altOf(alt), width, height, mediaType }, refusal: null };
  }
}

/** Words that programs write by themselves say nothing: file names, `图片 3`, the address where it came from. */
function altOf(alt: string): string {
  const words = [...alt.replace(/\s+/gu, ' ').trim()].slice(0, 200).join('');
  const isMade = /^(?:(?:图片|图像|图|image|picture|img)\s*\d*|\S+\.(?:png|jpe?g|webp|gif|bmp)|https?:\S+)$/iu.test(
    words,
  );
  return isMade ? '' : words;
}
