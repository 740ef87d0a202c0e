import { markPolicies, type MarkPolicyKind, type MarkingRules } from '@xuekao/contracts';
import { evenShares, policyKinds, samplePolicies, usualPolicy, wholeKinds, withPolicy, withSet } from './policies.js';

const empty: MarkingRules = { exam: {}, sections: {}, questions: {} };

describe('the form of marking rules', () => {
  it('knows P1 to P10, of which P4 and P8 are for single questions', () => {
    expect(policyKinds.map((kind: MarkPolicyKind) => markPolicies[kind].code)).toEqual(
      Array.from({ length: 10 }, (_, at) => `P${at + 1}`),
    );
    expect(policyKinds.filter((kind) => !wholeKinds.includes(kind))).toEqual(['option-fractions', 'mapped']);
    expect(samplePolicies.map(({ kind }) => kind)).toEqual(policyKinds);
    expect(usualPolicy('mapped', ['a', 'b'])).toMatchObject({ of: { a: 0, b: 0 } });
  });

  it('sets a policy for one place and takes it away again', () => {
    const set = withPolicy({}, 'multiple', { kind: 'halves' });
    const rules = withSet(empty, { kind: 'questions', key: 3 }, set);
    expect(rules).toEqual({ exam: {}, sections: {}, questions: { '3': { multiple: { kind: 'halves' } } } });
    expect(withSet(rules, { kind: 'questions', key: 3 }, withPolicy(set, 'multiple', null))).toEqual(empty);
    expect(withSet(empty, { kind: 'exam' }, { blank: { kind: 'all-or-nothing' } }).exam).toEqual({
      blank: { kind: 'all-or-nothing' },
    });
  });

  it('shares marks over blanks so that they add up', () => {
    expect(evenShares(1000, 3)).toEqual([333, 333, 334]);
    expect(evenShares(200, 1)).toEqual([200]);
  });
});
