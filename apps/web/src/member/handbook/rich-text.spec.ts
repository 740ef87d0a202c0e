import fc from 'fast-check';
import { richText } from './rich-text.js';

describe("the handbook's text", () => {
  it('falls into paragraphs with bold stretches', () => {
    expect(richText('会期是**2017年10月18日至24日**。\n\n第二段')).toEqual([
      {
        kind: 'paragraph',
        spans: [
          { text: '会期是', isBold: false },
          { text: '2017年10月18日至24日', isBold: true },
          { text: '。', isBold: false },
        ],
      },
      { kind: 'paragraph', spans: [{ text: '第二段', isBold: false }] },
    ]);
  });

  it('has lists, also right after a line of text', () => {
    expect(richText('包括：\n1. 甲\n2. 乙\n\n- 丙')).toEqual([
      { kind: 'paragraph', spans: [{ text: '包括：', isBold: false }] },
      { kind: 'numbered', items: [[{ text: '甲', isBold: false }], [{ text: '乙', isBold: false }]] },
      { kind: 'bulleted', items: [[{ text: '丙', isBold: false }]] },
    ]);
  });

  it('leaves markup of other kinds as text', () => {
    expect(richText('<b>甲</b>')).toEqual([{ kind: 'paragraph', spans: [{ text: '<b>甲</b>', isBold: false }] }]);
  });

  it('never fails', () => {
    fc.assert(fc.property(fc.string(), (text) => Array.isArray(richText(text))));
  });
});
