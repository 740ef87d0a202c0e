import fc from 'fast-check';
import { seededRng } from '@xuekao/kernel';
import { initialPassword, passwordFaultsOf } from './password-policy.js';
import { loginKeyOf, refusalOfLoginName } from './login-name.js';

const ask = (password: string, names: readonly string[] = [], administrator: 'yes' | 'no' = 'no') =>
  passwordFaultsOf({ password, names, administrator });

describe('the password policy', () => {
  it('asks 8 characters of members and 10 of administrators', () => {
    expect(ask('Abcd-12')).toEqual(['too-short']);
    expect(ask('Abcd-123')).toEqual([]);
    expect(ask('Abcd-1234', [], 'yes')).toEqual(['too-short']);
    expect(ask('Abcd-12345', [], 'yes')).toEqual([]);
    expect(ask(`Ab1${'x'.repeat(126)}`)).toEqual(['too-long']);
  });

  it('asks three of the four classes; Chinese characters count as the fourth', () => {
    expect(ask('abcdefgh1')).toEqual(['too-few-classes']);
    expect(ask('不忘初心abcd1')).toEqual([]);
    expect(ask('aaaaaaaaaa')).toEqual(['too-few-classes']);
  });

  it('refuses three characters of the login name in any case or width', () => {
    expect(ask('xx-ZHAng-77', ['zhang.san'])).toEqual(['contains-account']);
    expect(ask('Ｚｈａ-7788xy', ['zhang.san'])).toEqual(['contains-account']);
    expect(ask('Zh-7788xyQ', ['zhang.san'])).toEqual([]);
    expect(ask('Zh-7788xyQ', ['zh'])).toEqual([]);
  });

  it('accepts every initial password it makes, for members and administrators', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ maxLength: 12 }), (seed, name) => {
        const rng = seededRng(seed);
        const password = initialPassword((below) => rng.int(below), [name]);
        expect(ask(password, [name], 'yes')).toEqual([]);
        expect(password).toMatch(/^[^0O1lI\s]{14}$/);
      }),
    );
  });

  it('finds any fragment of a name wherever it stands', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{3,20}$/), fc.nat(17), fc.string(), fc.string(), (name, at, a, b) => {
        const from = at % (name.length - 2);
        const password = `${a}${name.slice(from, from + 3).toUpperCase()}${b}`;
        if (password.normalize('NFKC') !== password) return;
        expect(ask(password, [name])).toContain('contains-account');
      }),
    );
  });
});

describe('login names', () => {
  it('have one form whatever the case and width they are typed in', () => {
    expect(loginKeyOf(' Ｚhang.San ')).toBe('zhang.san');
    expect(refusalOfLoginName('Zhang.San')).toBeNull();
    for (const bad of ['ab', '-abc', '张三丰', 'a b c', 'x'.repeat(33)]) expect(refusalOfLoginName(bad)).not.toBeNull();
  });
});
