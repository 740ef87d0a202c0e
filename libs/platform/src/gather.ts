/**
 * Many questions of one moment as one: what is asked within the same turn of the event loop is answered by one call of
 * `answer`, which gives the answers by key; a key without one is `undefined`. The same key is asked once.
 */
export function gathered<Key, Value>(
  answer: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>,
  most = 200,
): (key: Key) => Promise<Value | undefined> {
  let waiting = new Map<Key, Promise<Value | undefined>>();
  let settle: ((keys: readonly Key[]) => void) | null = null;
  let answers: Promise<ReadonlyMap<Key, Value>> | null = null;

  const ask = (): void => {
    const keys = [...waiting.keys()];
    const tell = settle;
    waiting = new Map();
    settle = null;
    answers = null;
    tell?.(keys);
  };

  return (key) => {
    const known = waiting.get(key);
    if (known) return known;
    if (answers === null) {
      answers = new Promise<readonly Key[]>((resolve) => (settle = resolve)).then(answer);
      setImmediate(ask);
    }
    const found = answers.then((values) => values.get(key));
    waiting.set(key, found);
    if (waiting.size >= most) ask();
    return found;
  };
}
