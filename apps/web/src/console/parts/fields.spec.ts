import { editedValues, type Field, filledValues, missingFields } from './fields.js';

const fields: Field[] = [
  { key: 'name', label: '姓名', kind: 'text', isRequired: true },
  { key: 'note', label: '说明', kind: 'area' },
  {
    key: 'letter',
    label: '编号',
    kind: 'text',
    isRequired: true,
    isShown: (values) => values.tree === 'party',
  },
];

describe('the fields of a form', () => {
  it('are missing where a required one is blank', () => {
    expect(missingFields(fields, { name: '  ' })).toEqual(['name']);
  });

  it('are neither asked for nor sent while hidden', () => {
    const values = { name: '甲', letter: 'A1', tree: 'department' };
    expect(missingFields(fields, values)).toEqual([]);
    expect(filledValues(fields, values)).toEqual({ name: '甲' });
  });

  it('go out trimmed, and emptied ones of an edit as null', () => {
    expect(editedValues(fields, { name: ' 乙 ', note: '' })).toEqual({ name: '乙', note: null });
  });
});
