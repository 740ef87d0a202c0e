import { type Call, post } from '../../api/http.js';

export { download } from '../../shared/download.js';

/** Sends one file as the multipart field `file`. */
export function upload<T>(path: string, file: File, query?: Call['query']): Promise<T> {
  const form = new FormData();
  form.append('file', file);
  return post<T>(path, form, query ? { query } : {});
}
