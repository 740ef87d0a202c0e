import type { QuestionBody } from '@xuekao/contracts';
import { versionDiff } from './version-diff.js';
import type { VersionText } from './version-diff.js';

const options = (...texts: string[]) => texts.map((text, at) => ({ id: `o${at + 1}`, text }));
const single = (stem: string, texts: string[]): QuestionBody => ({ type: 'single', stem, options: options(...texts) });
const version = (over: Partial<VersionText> = {}): VersionText => ({
  body: single('题干', ['甲', '乙']),
  key: { kind: 'choice', optionIds: ['o1'] },
  explanation: '解析',
  source: '党章',
  ...over,
});

describe('the difference of two versions', () => {
  it('is empty where both say the same', () => {
    expect(versionDiff(version(), version())).toEqual([]);
  });

  it('names each field and option with what it said and says', () => {
    const after = version({
      body: single('新题干', ['甲', '丙', '丁']),
      key: { kind: 'choice', optionIds: ['o3'] },
      source: '',
    });
    expect(versionDiff(version(), after)).toEqual([
      { field: 'stem', part: null, before: '题干', after: '新题干' },
      { field: 'option', part: 'o2', before: '乙', after: '丙' },
      { field: 'option', part: 'o3', before: null, after: '丁' },
      { field: 'key', part: null, before: '甲', after: '丁' },
      { field: 'source', part: null, before: '党章', after: null },
    ]);
  });

  it('says nothing of a key that it was not given', () => {
    const bare = (stem: string): VersionText => ({ body: single(stem, ['甲', '乙']) });
    expect(versionDiff(bare('一'), bare('二')).map((change) => change.field)).toEqual(['stem']);
  });
});
