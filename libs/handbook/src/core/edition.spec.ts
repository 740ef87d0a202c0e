import { handbookContent2017 } from '../content/index.js';
import { editionChange, editionFault, versionText, type EditionText, type EntryText } from './edition.js';

const entry = (key: string, over: Partial<EntryText> = {}): EntryText => ({
  key,
  question: '党员有哪些权利？',
  answer: '共八项。',
  facts: ['001'],
  sourceDocument: '《中国共产党章程》',
  sourceArticle: '第四条',
  documentVersion: '2017-10-24',
  validFrom: '2017-10-24',
  validTo: null,
  keywords: ['权利'],
  related: [],
  ...over,
});
const edition = (...entries: EntryText[]): EditionText => ({
  title: '百问百答',
  edition: '2017',
  preface: '',
  chapters: [{ number: 1, title: '党员', summary: '', entries }],
});

describe('an edition', () => {
  it('of 2017 is sound', () => {
    expect(editionFault(handbookContent2017)).toBeNull();
  });
  it.each<[string, EntryText[], string]>([
    ['no entries', [], 'chapters'],
    ['a key twice', [entry('a'), entry('a')], 'key'],
    ['a key of another form', [entry('A B')], 'key'],
    ['an empty answer', [entry('a', { answer: ' ' })], 'answer'],
    ['a day that does not exist', [entry('a', { validFrom: '2017-02-30' })], 'validFrom'],
    ['an end before the start', [entry('a', { validTo: '2017-01-01' })], 'validTo'],
    ['a related entry that is not there', [entry('a', { related: ['b'] })], 'related'],
  ])('with %s is refused by name', (_, entries, field) => {
    expect(editionFault(edition(...entries))).toMatchObject({ code: 'handbook.content.invalid', facts: { field } });
  });
  it('makes a version when the words change, not when the place does', () => {
    expect(versionText(entry('a'))).toBe(versionText(entry('b')));
    expect(versionText(entry('a'))).not.toBe(versionText(entry('a', { answer: '八项。' })));
  });
  it('takes a withdrawn entry back', () => {
    const stored = [{ key: 'a', versionHash: '1', isWithdrawn: true }];
    expect(editionChange(stored, [{ key: 'a', versionHash: '1' }])).toMatchObject({ kept: ['a'], withdrawn: [] });
    expect(editionChange(stored, [])).toMatchObject({ withdrawn: [] });
  });
});
