import { changeBetween, knownAfter, newsAfter, questionNews } from './changes.js';

const at = (kind: 'extend' | 'reopen' | 'collect' | 'exempt', when: number) => ({
  kind,
  minutes: 10,
  reason: '停电',
  at: when,
});
const status = (intervention: ReturnType<typeof at> | null, state: 'open' | 'handed-in' = 'open') => ({
  intervention,
  state,
  endedBy: state === 'open' ? null : ('organiser' as const),
  deadlineAt: 5000,
});

describe('what a running client tells of the organiser', () => {
  it('is nothing at the first look: the page shows the time as it is', () => {
    expect(changeBetween(null, status(at('extend', 10)))).toBeNull();
  });

  it('is an act that is newer than the last look, with its reason and the new end', () => {
    const told = { minutes: 10, reason: '停电', deadlineAt: 5000 };
    expect(changeBetween(status(null), status(at('extend', 10)))).toEqual({ key: 'extended', ...told });
    expect(changeBetween(status(at('extend', 10)), status(at('extend', 20)))).toEqual({ key: 'extended', ...told });
    expect(changeBetween(status(null, 'handed-in'), status(at('reopen', 10)))).toEqual({ key: 'reopened', ...told });
    const announced = status(at('collect', 10));
    expect(changeBetween(announced, status(at('collect', 10), 'handed-in'))).toEqual({ key: 'collected', ...told });
  });

  it('is told once, and never what concerns others', () => {
    const same = status(at('extend', 10));
    expect(changeBetween(same, same)).toBeNull();
    expect(changeBetween(status(null), status(at('exempt', 10)))).toBeNull();
    expect(changeBetween(status(null), status(at('collect', 10)))).toBeNull();
  });
});

describe('what a running client tells of single questions', () => {
  const voided = { number: 2, kind: 'void', reason: '选项印错' } as const;
  const given = { number: 4, kind: 'give-all', reason: '超纲' } as const;

  it('is nothing at the first look and while nothing changes', () => {
    expect(questionNews(null, [voided])).toBeNull();
    expect(questionNews([voided], [{ ...voided }])).toBeNull();
  });

  it('is what was decided since, and what counts again', () => {
    expect(questionNews([], [voided, given])).toEqual({ decided: [voided, given], restored: [] });
    expect(questionNews([voided], [given])).toEqual({ decided: [given], restored: [2] });
    expect(questionNews([{ ...given, number: 2 }], [voided])).toEqual({ decided: [voided], restored: [] });
  });

  it('is kept until it is seen, with the last word on each question', () => {
    const first = { decided: [voided], restored: [7] };
    expect(newsAfter(null, first)).toEqual(first);
    expect(newsAfter(first, null)).toEqual(first);
    expect(newsAfter(first, { decided: [given], restored: [2] })).toEqual({ decided: [given], restored: [7, 2] });
    expect(newsAfter(first, { decided: [{ ...given, number: 7 }], restored: [] })).toEqual({
      decided: [voided, { ...given, number: 7 }],
      restored: [],
    });
  });
});

describe('what is known of decided questions', () => {
  const voided = { number: 2, kind: 'void', reason: '选项印错' } as const;
  const word = (serverNow: number, decided: readonly (typeof voided)[], state: 'open' | 'handed-in' = 'open') => ({
    state,
    serverNow,
    decided,
  });
  const toldBy = (...words: readonly Parameters<typeof knownAfter>[1][]) => {
    let known: ReturnType<typeof knownAfter> = null;
    return words.map((each) => {
      const before = known;
      known = knownAfter(known, each);
      return questionNews(before && before.decided, known?.decided ?? []);
    });
  };

  it('begins with the paper, so that an act before the first look at the attempt is told', () => {
    expect(toldBy(word(1, []), word(5, [voided]))).toEqual([null, { decided: [voided], restored: [] }]);
    expect(toldBy(word(1, [voided]), word(5, [voided]))).toEqual([null, null]);
  });

  it('begins with the first look where the paper was kept by an older page', () => {
    expect(toldBy({ state: 'open', serverNow: 1 }, word(5, [voided]))).toEqual([null, null]);
  });

  it('does not go back with an answer that was overtaken, nor with the end of the attempt', () => {
    expect(toldBy(word(1, []), word(5, [voided]), word(4, []), word(6, [], 'handed-in'), word(9, [voided]))).toEqual([
      null,
      { decided: [voided], restored: [] },
      null,
      null,
      null,
    ]);
  });
});
