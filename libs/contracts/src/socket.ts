import type { Problem } from './problem.js';

/** Every acknowledgement of a socket message: the value, or why not. */
export type SocketReply<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };
