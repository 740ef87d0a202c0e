import fc from 'fast-check';
import { cleanInput } from './clean-input.js';

const refusalOf = (input: unknown): unknown => {
  try {
    cleanInput(input);
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('input', () => {
  it('stays as it is where it can be shown', () => {
    const input = { title: '学习😀𠮷\t\n', list: ['a', { b: 1, c: null, d: true }], empty: '' };
    expect(cleanInput(structuredClone(input))).toEqual(input);
    for (const text of ['x', '', 7, null, undefined]) expect(cleanInput(text)).toBe(text);
  });

  it('has texts of spaces alone emptied', () => {
    expect(cleanInput({ name: ' \u3000\n', list: ['\t'] })).toEqual({ name: '', list: [''] });
  });

  it.each(['\u0000', 'a\u0001b', '\u007f', '\ufffe', 'a\ud800b'])('is refused with %j in it, by its path', (text) => {
    expect(refusalOf({ people: [{ name: '张三' }, { name: text }] })).toMatchObject({
      code: 'request.invalid',
      errors: [{ path: 'people.1.name' }],
    });
  });

  it('is refused when it has no bottom', () => {
    expect(refusalOf(JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`))).toMatchObject({
      code: 'request.malformed',
    });
  });

  it('of plain JSON is cleaned once and for all', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        if (refusalOf(structuredClone(value)) !== undefined) return;
        const clean = cleanInput(structuredClone(value));
        expect(cleanInput(structuredClone(clean))).toEqual(clean);
      }),
    );
  });
});
