import { inject, type InjectionKey } from 'vue';
import { receive } from '../api/http.js';

/** Where the pictures on a page come from: an address alone shows nothing, so each is fetched with the right to see it. */
export interface PictureSource {
  fetch(id: string): Promise<Blob>;
  /** It tries again by itself; otherwise the page offers to. */
  readonly isPatient: boolean;
}

const ofTheBank: PictureSource = {
  fetch: async (id) => (await receive(`/question-pictures/${id}`)).content,
  isPatient: false,
};

/** Provided by a page whose pictures are not shown by the person's own right to the bank. */
export const pictureSource: InjectionKey<PictureSource> = Symbol('pictures');
export const usePictureSource = (): PictureSource => inject(pictureSource, ofTheBank);
