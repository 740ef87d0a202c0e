import type { PictureType } from '@xuekao/contracts';
import type { FilePicture } from '../file-question.js';

/** Bytes of pictures by their ids, for files that carry them. */
export type PictureBytes = ReadonlyMap<string, Uint8Array>;

const endings: Readonly<Record<PictureType, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
};

/** A name of letters and figures, the same for the same picture. */
export function pictureName({ id, mediaType }: FilePicture): string {
  return `${id.slice(0, 24)}.${endings[mediaType]}`;
}
