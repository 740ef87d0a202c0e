import { changeBetween, questionNews } from './changes.js';

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
});
