import { type Call, receive } from '../api/http.js';

/** Fetches a file that the server makes and hands it to the browser's downloads. Throws a ProblemError where it is refused. */
export async function download(path: string, query: Call['query'], fallbackName: string): Promise<void> {
  const { content, name } = await receive(path, query ? { query } : {});
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name ?? fallbackName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
