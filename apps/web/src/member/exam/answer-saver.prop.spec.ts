import type { AnswerContent } from '@xuekao/contracts';
import fc from 'fast-check';
import { AnswerSaver, type KeptLocally, mergeAnswers } from './answer-saver.js';

const choice = (optionIds: string[]): AnswerContent => ({ kind: 'choice', optionIds });

/** A server that keeps the highest clientSeq of each question, loses requests by a script, and may lose only the answer. */
class ScriptedServer {
  readonly rows = new Map<number, { clientSeq: number; content: AnswerContent }>();
  private at = 0;

  constructor(private readonly script: readonly ('ok' | 'lost' | 'answer-lost')[]) {}

  take(number: number, clientSeq: number, content: AnswerContent): void {
    const fate = this.script[this.at++] ?? 'ok';
    if (fate === 'lost') throw new Error('lost');
    if (clientSeq > (this.rows.get(number)?.clientSeq ?? -1)) this.rows.set(number, { clientSeq, content });
    if (fate === 'answer-lost') throw new Error('answer lost');
  }
}

function saverOf(server: ScriptedServer, kept: Map<number, KeptLocally>, start: readonly KeptLocally[] = []) {
  const timers: (() => void)[] = [];
  const fromServer = [...server.rows].map(([number, row]) => ({ number, ...row, savedAt: 0 }));
  const saver = new AnswerSaver(
    {
      keep: async (answer) => void kept.set(answer.number, answer),
      save: async (number, save) => {
        await Promise.resolve();
        server.take(number, save.clientSeq, save.content);
        return { number, clientSeq: save.clientSeq, savedAt: 0 };
      },
      saveAll: async (answers) => {
        await Promise.resolve();
        for (const { number, clientSeq, content } of answers) server.take(number, clientSeq, content);
        return answers.map(({ number, clientSeq }) => ({ number, clientSeq, savedAt: 0 }));
      },
      verdict: () => 'retry',
      later: (work) => {
        timers.push(work);
        return () => void timers.splice(timers.indexOf(work), 1);
      },
      changed: () => undefined,
    },
    fromServer,
    start,
  );
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 200; turn += 1) {
      await Promise.resolve();
      if (turn % 8 === 7) timers.shift()?.();
    }
  };
  return { saver, settle };
}

const fate = fc.constantFrom('ok' as const, 'lost' as const, 'answer-lost' as const);
const edit = fc.record({
  number: fc.integer({ min: 1, max: 4 }),
  content: fc.subarray(['a', 'b', 'c']).map(choice),
  pause: fc.nat(6),
});

describe('answers on their way to the server', () => {
  it('end with the last choice of each question stored and shown as saved, whatever was lost on the way', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { maxLength: 12 }), fc.array(edit, { maxLength: 12 }), async (script, edits) => {
        const server = new ScriptedServer(script);
        const { saver, settle } = saverOf(server, new Map());
        const last = new Map<number, AnswerContent>();
        for (const { number, content, pause } of edits) {
          saver.put(number, content);
          last.set(number, content);
          for (let turn = 0; turn < pause; turn += 1) await Promise.resolve();
        }
        await settle();
        for (const [number, content] of last) expect(server.rows.get(number)?.content).toEqual(content);
        expect(saver.unsaved()).toEqual([]);
      }),
    );
  });

  it('survive a closed browser: what the device kept is sent by the next page', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 8 }), async (edits) => {
        const server = new ScriptedServer(edits.map(() => 'lost' as const));
        const kept = new Map<number, KeptLocally>();
        const before = saverOf(server, kept);
        for (const { number, content } of edits) before.saver.put(number, content);
        await Promise.resolve();
        before.saver.dispose();
        const calm = new ScriptedServer([]);
        const after = saverOf(calm, kept, [...kept.values()]);
        await after.saver.flush();
        const last = new Map(edits.map(({ number, content }) => [number, content]));
        for (const [number, content] of last) expect(calm.rows.get(number)?.content).toEqual(content);
      }),
    );
  });

  it('never show as saved what the server did not acknowledge', async () => {
    const server = new ScriptedServer(Array.from({ length: 50 }, () => 'lost' as const));
    const { saver } = saverOf(server, new Map());
    saver.put(1, choice(['a']));
    expect(saver.answers.get(1)?.state).toBe('sending');
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    expect(saver.answers.get(1)?.state).toBe('kept');
  });
});

describe('a text that is being typed', () => {
  const timersOf = (saved: AnswerContent[]) => {
    const timers = new Set<() => void>();
    const kept: KeptLocally[] = [];
    const saver = new AnswerSaver(
      {
        keep: async (answer) => void kept.push(answer),
        save: async (number, { clientSeq, content }) => {
          saved.push(content);
          return { number, clientSeq, savedAt: 0 };
        },
        saveAll: async (answers) => {
          saved.push(...answers.map(({ content }) => content));
          return answers.map(({ number, clientSeq }) => ({ number, clientSeq, savedAt: 0 }));
        },
        verdict: () => 'retry',
        later: (work) => {
          timers.add(work);
          return () => void timers.delete(work);
        },
        changed: () => undefined,
      },
      [],
      [],
    );
    return { saver, timers, kept };
  };
  const text = (words: string): AnswerContent => ({ kind: 'text', text: words });

  it('is kept on the device at every letter and sent once, when the typing pauses', async () => {
    const saved: AnswerContent[] = [];
    const { saver, timers, kept } = timersOf(saved);
    for (const words of ['党', '党章', '党章规定']) saver.put(1, text(words), 500);
    expect(kept.map(({ content }) => content)).toEqual(['党', '党章', '党章规定'].map(text));
    expect(saved).toEqual([]);
    expect(timers.size).toBe(1);
    for (const work of timers) work();
    await Promise.resolve();
    expect(saved).toEqual([text('党章规定')]);
  });

  it('goes at once when everything has to go, and not a second time after that', async () => {
    const saved: AnswerContent[] = [];
    const { saver, timers } = timersOf(saved);
    saver.put(1, text('党章'), 500);
    await saver.flush();
    expect([saved, timers.size]).toEqual([[text('党章')], 0]);
    expect(saver.unsaved()).toEqual([]);
  });

  it('shows as not accepted when the server says that this device has to stop', async () => {
    const { saver, kept } = timersOf([]);
    saver.put(1, text('党章'), 500);
    saver.stop(new Error('taken over'));
    saver.put(1, text('党章规定'), 500);
    expect(saver.answers.get(1)).toMatchObject({ content: text('党章'), state: 'refused' });
    expect(kept.at(-1)).toMatchObject({ content: text('党章'), isSaved: 1 });
  });
});

describe('an answer that the server refuses', () => {
  it('stops nothing but itself: the others of its batch go alone', async () => {
    const stored = new Set<number>();
    const saver = new AnswerSaver(
      {
        keep: async () => undefined,
        save: async (number, { clientSeq }) => {
          if (number === 2) throw new Error('malformed');
          stored.add(number);
          return { number, clientSeq, savedAt: 0 };
        },
        saveAll: async () => {
          throw new Error('malformed');
        },
        verdict: () => 'refuse',
        later: () => () => undefined,
        changed: () => undefined,
      },
      [],
      [1, 2, 3].map((number) => ({ number, clientSeq: number, content: choice(['a']), isSaved: 0 as const })),
    );
    await saver.flush();
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    expect([...stored]).toEqual([1, 3]);
    expect(saver.unsaved().map(({ number, state }) => [number, state])).toEqual([[2, 'refused']]);
  });
});

describe('an answer after another device took over', () => {
  it('is shown as not accepted, and is not sent when the paper opens here again', async () => {
    const kept = new Map<number, KeptLocally>();
    const refuse = async (): Promise<never> => {
      throw new Error('taken over');
    };
    const saver = new AnswerSaver(
      {
        keep: async (answer) => void kept.set(answer.number, answer),
        save: refuse,
        saveAll: refuse,
        verdict: () => 'stop',
        later: () => () => undefined,
        changed: () => undefined,
      },
      [],
      [],
    );
    saver.put(1, choice(['b']));
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    expect(saver.answers.get(1)?.state).toBe('refused');
    expect(saver.stopped).toBeDefined();
    const onServer = { number: 1, clientSeq: 1, content: choice(['a']), savedAt: 0 };
    expect(mergeAnswers([onServer], [...kept.values()]).get(1)?.content).toEqual(choice(['a']));
  });
});

describe('answers of the server and of the device', () => {
  const onServer = { number: 1, clientSeq: 5, content: choice(['a']), savedAt: 0 };

  it('of the device win where its number is higher', () => {
    expect(mergeAnswers([onServer], [{ number: 1, clientSeq: 6, content: choice(['b']), isSaved: 0 }]).get(1)).toEqual({
      number: 1,
      clientSeq: 6,
      content: choice(['b']),
      state: 'kept',
    });
  });

  it('of the device count only while there is something to send', () => {
    const merged = mergeAnswers([onServer], [{ number: 1, clientSeq: 9, content: choice(['b']), isSaved: 1 }]);
    expect(merged.get(1)?.content).toEqual(choice(['a']));
  });

  it('of the server win where another device went on', () => {
    const merged = mergeAnswers([onServer], [{ number: 1, clientSeq: 5, content: choice(['b']), isSaved: 0 }]);
    expect(merged.get(1)?.content).toEqual(choice(['a']));
  });
});
