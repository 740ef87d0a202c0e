import { handbookContent2017 } from '../content/index.js';
import { excerptOf, queryWords, rangesOf } from './match.js';
import { plainText } from './plain-text.js';
import { search, searchIndexOf, type SearchableEntry } from './search.js';

const entry = (key: string, question: string, answer: string, keywords: string[] = []): SearchableEntry => ({
  key,
  question,
  answer,
  keywords,
  source: '《中国共产党章程》第三条',
});

const index = searchIndexOf([
  entry('body', '学习要求有哪些？', '党员必须学习党章，履行义务。党员享有权利。'),
  entry('keyword', '义务有几条？', '共八条。', ['党员义务', '八条']),
  entry('title', '党员有哪些权利？', '共八项。'),
  entry('mixed', 'Ｗeb 平台与２０１７年', '无关内容'),
]);
const keysFor = (query: string): string[] => search(index, query, 10).hits.map((hit) => hit.key);

describe('searching the handbook', () => {
  it('ranks the title before keywords before the body', () => {
    expect(keysFor('党员')).toEqual(['title', 'keyword', 'body']);
  });
  it('finds a single character', () => {
    expect(keysFor('章')).toEqual(['body', 'keyword', 'title', 'mixed']);
    expect(keysFor('履')).toEqual(['body']);
  });
  it('wants every word, in any field', () => {
    expect(keysFor('党员 权利')).toEqual(['title', 'body']);
    expect(keysFor('党员 没有的词')).toEqual([]);
  });
  it('reads full width and capitals as the same', () => {
    expect(keysFor('web')).toEqual(['mixed']);
    expect(keysFor('2017')).toEqual(['mixed']);
  });
  it('finds nothing for nothing', () => {
    expect(search(index, ' 、？ ', 10)).toEqual({ hits: [], total: 0 });
  });
  it('marks the finds in question and excerpt', () => {
    const [hit] = search(index, '党员', 1).hits;
    expect(hit!.questionRanges).toEqual([{ start: 0, end: 2 }]);
    const body = search(index, '义务', 10).hits.find((each) => each.key === 'body')!;
    expect(body.excerpt.ranges.map(({ start, end }) => body.excerpt.text.slice(start, end))).toEqual(['义务']);
  });
  it('joins overlapping finds and maps them back through folded characters', () => {
    expect(rangesOf('学习强国', ['学习', '习强'])).toEqual([{ start: 0, end: 3 }]);
    expect(rangesOf('第①条', ['1'])).toEqual([{ start: 1, end: 2 }]);
  });
  it('cuts an excerpt around the find', () => {
    const { text, ranges } = excerptOf(`${'前'.repeat(100)}党章${'后'.repeat(200)}`, ['党章']);
    expect(text.startsWith('…前')).toBe(true);
    expect(text.endsWith('后…')).toBe(true);
    expect(text.slice(ranges[0]!.start, ranges[0]!.end)).toBe('党章');
  });
  it('takes the markdown off', () => {
    expect(plainText('**党章**规定：\n\n- 第一\n2. 第二')).toBe('党章规定：\n第一\n第二');
  });
  it('cuts a query at punctuation', () => {
    expect(queryWords('党章，第三条 党章')).toEqual(['党章', '第三条']);
  });
  it('finds the first entry of the 2017 edition by its subject', () => {
    const entries = handbookContent2017.chapters.flatMap((chapter) => chapter.entries);
    const whole = searchIndexOf(
      entries.map((each) => ({ ...each, answer: plainText(each.answer), source: each.sourceDocument })),
    );
    expect(search(whole, '人民大会堂', 5).hits[0]!.key).toBe('f002');
  });
});
