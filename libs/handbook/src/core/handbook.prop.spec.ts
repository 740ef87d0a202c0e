import fc from 'fast-check';
import { isRefusal, seededRng } from '@xuekao/kernel';
import { editionChange } from './edition.js';
import { excerptOf, fold, queryWords, rangesOf } from './match.js';
import { afterVisit, visitCapSeconds, type Reading } from './reading.js';
import { search, searchIndexOf } from './search.js';

const anyText = fc.string({
  unit: fc.constantFrom('党', '章', '员', '学', '习', '，', '１', 'A', 'ｂ', '𠮷', '①', '\n'),
  maxLength: 40,
});

describe('laws of searching', () => {
  it('finds exactly the entries whose folded text contains every word', () => {
    const anyEntry = fc.record({ question: anyText, answer: anyText, keyword: anyText });
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 12 }), anyText, (drawn, query) => {
        const entries = drawn.map((one, i) => ({
          key: `f${i}`,
          question: one.question,
          answer: one.answer,
          keywords: [one.keyword],
          source: '',
        }));
        const words = queryWords(query);
        const expected = entries.filter((one) => {
          const fields = [one.question, one.answer, ...one.keywords].map(fold);
          return words.length > 0 && words.every((word) => fields.some((field) => field.includes(word)));
        });
        const { hits, total } = search(searchIndexOf(entries), query, 100);
        expect(hits.map((hit) => hit.key).toSorted()).toEqual(expected.map((one) => one.key).toSorted());
        expect(total).toBe(expected.length);
        for (let i = 1; i < hits.length; i++) expect(hits[i]!.score).toBeLessThanOrEqual(hits[i - 1]!.score);
      }),
    );
  });
  it('marks ordered spans apart from each other, inside the text, that fold to text with the words', () => {
    fc.assert(
      fc.property(anyText, anyText, (text, query) => {
        const words = queryWords(query);
        for (const shown of [text, excerptOf(text, words).text]) {
          const ranges = rangesOf(shown, words);
          ranges.forEach(({ start, end }, i) => {
            expect(start).toBeLessThan(end);
            expect(end).toBeLessThanOrEqual(shown.length);
            if (i > 0) expect(start).toBeGreaterThan(ranges[i - 1]!.end);
            expect(words.some((word) => fold(shown.slice(start, end)).includes(word))).toBe(true);
          });
        }
      }),
    );
  });
  it('searches 20,000 entries without holding up others', () => {
    const rng = seededRng('handbook');
    const alphabet = [...'党员学习章程权利义务支部组织生活会议规定中国共产主义民主集中制原则的是在有和'];
    const stream = Array.from({ length: 50_000 }, () => alphabet[rng.int(alphabet.length)]).join('');
    const text = (length: number): string => {
      const start = rng.int(stream.length - length);
      return stream.slice(start, start + length);
    };
    const index = searchIndexOf(
      Array.from({ length: 20_000 }, (_, i) => ({
        key: `f${i}`,
        question: text(16),
        answer: text(260),
        keywords: [text(3), text(2)],
        source: text(10),
      })),
    );
    const queries = ['党', '党员', '的', '民主集中', '支部 组织'];
    queries.forEach((query) => search(index, query, 20));
    const times = queries.map((query) => {
      const start = performance.now();
      search(index, query, 20);
      return performance.now() - start;
    });
    expect(times.toSorted((a, b) => a - b)[2]!).toBeLessThan(250);
  });
});

describe('laws of reading', () => {
  it('never loses a read entry, never counts backwards, and adds at most the cap for a visit', () => {
    const anyVisit = fc.record({
      seconds: fc.integer({ min: 0, max: 100_000 }),
      reachedEnd: fc.boolean(),
      afterMs: fc.nat(600_000),
    });
    fc.assert(
      fc.property(fc.array(anyVisit, { maxLength: 20 }), (visits) => {
        let now = 1_500_000_000_000;
        let reading: Reading | null = null;
        for (const visit of visits) {
          now += visit.afterMs;
          const next = afterVisit(reading, visit, now);
          if (isRefusal(next)) {
            expect(visit.seconds < 8 && !visit.reachedEnd).toBe(true);
            continue;
          }
          const before: Reading | null = reading;
          expect(next.seconds - (before?.seconds ?? 0)).toBeLessThanOrEqual(visitCapSeconds);
          expect(next.seconds).toBeGreaterThanOrEqual(before?.seconds ?? 0);
          expect(next.readCount).toBeGreaterThanOrEqual(before?.readCount ?? 1);
          expect(next.firstReadAt).toBe(before?.firstReadAt ?? now);
          reading = next;
        }
      }),
    );
  });
});

describe('laws of editions', () => {
  const anySet = fc.uniqueArray(
    fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd', 'e'), versionHash: fc.constantFrom('1', '2') }),
    {
      selector: (one) => one.key,
    },
  );
  it('account for every entry once, and a second import changes nothing', () => {
    fc.assert(
      fc.property(anySet, anySet, (stored, brought) => {
        const change = editionChange(
          stored.map((one) => ({ ...one, isWithdrawn: false })),
          brought,
        );
        const all = [...change.added, ...change.changed, ...change.kept, ...change.withdrawn].toSorted();
        expect(all).toEqual([...new Set([...stored, ...brought].map((one) => one.key))].toSorted());
        const again = editionChange(
          brought.map((one) => ({ ...one, isWithdrawn: false })),
          brought,
        );
        expect([...again.added, ...again.changed, ...again.withdrawn]).toEqual([]);
      }),
    );
  });
});
