import { editionOf } from './edition-file.js';

describe('the file of an edition', () => {
  it('tells its name, chapters and entries', () => {
    const text = JSON.stringify({
      title: '百问百答',
      edition: '第一版',
      chapters: [{ entries: [{}, {}] }, { entries: [{}] }],
    });
    expect(editionOf(text, '无法读取')).toMatchObject({
      title: '百问百答',
      edition: '第一版',
      chapters: 2,
      entries: 3,
    });
  });

  it('is refused where it is not JSON or has no chapters', () => {
    expect(() => editionOf('甲乙', '无法读取')).toThrow('无法读取');
    expect(() => editionOf('{"title":"x"}', '无法读取')).toThrow('无法读取');
  });
});
