import { AsyncLocalStorage } from 'node:async_hooks';

export interface GatherLimits {
  /** Keys of one question. */
  readonly most?: number;
  /** Questions begin at least so far apart: in a crowd many are asked together, and who asks in a quiet moment never waits. */
  readonly apartMs?: number;
}

/**
 * Many questions of one moment as one: what is asked within the same turn of the event loop, or within `apartMs`, is answered
 * by one call of `answer`, which gives the answers by key; a key without one is `undefined`. The same key is asked once.
 * `answer` runs outside its askers' transactions and requests, for it belongs to all of them.
 */
export function gathered<Key, Value>(
  answer: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>,
  { most = 200, apartMs = 0 }: GatherLimits = {},
): (key: Key) => Promise<Value | undefined> {
  const inOwnContext = AsyncLocalStorage.snapshot();
  let waiting = new Map<Key, Promise<Value | undefined>>();
  let settle: ((keys: readonly Key[]) => void) | null = null;
  let answers: Promise<ReadonlyMap<Key, Value>> | null = null;
  let askedAt = -Infinity;

  const ask = (): void => {
    const keys = [...waiting.keys()];
    const tell = settle;
    waiting = new Map();
    settle = null;
    answers = null;
    askedAt = performance.now();
    tell?.(keys);
  };
  const askSoon = (): void => {
    const waitMs = askedAt + apartMs - performance.now();
    if (waitMs > 0) setTimeout(ask, waitMs);
    else setImmediate(ask);
  };

  return (key) => {
    const known = waiting.get(key);
    if (known) return known;
    if (answers === null) {
      answers = new Promise<readonly Key[]>((resolve) => (settle = resolve)).then((keys) => inOwnContext(answer, keys));
      askSoon();
    }
    const found = answers.then((values) => values.get(key));
    waiting.set(key, found);
    if (waiting.size >= most) ask();
    return found;
  };
}
