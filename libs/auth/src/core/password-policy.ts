import type { PasswordFault } from '@xuekao/contracts';

export interface PasswordQuestion {
  readonly password: string;
  /** Login name and staff number: no run of three of their characters may appear in the password. */
  readonly names: readonly string[];
  readonly administrator: 'yes' | 'no';
}

/** Passwords remembered, the current one included; none of them may come back. */
export const historyLength = 5;
const longest = 128;
const fragmentLength = 3;
const classes = [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{Lu}\p{Ll}\p{Nd}]/u];

function folded(text: string): string[] {
  return [...text.normalize('NFKC').toLowerCase()];
}

function sharesFragment(password: string, name: string): boolean {
  const letters = folded(name);
  const inside = folded(password).join('');
  for (let i = 0; i + fragmentLength <= letters.length; i++) {
    if (inside.includes(letters.slice(i, i + fragmentLength).join(''))) return true;
  }
  return false;
}

/** Every fault at once; empty when the password may be used. The history is checked by the caller. Source: domain.md §7.1. */
export function passwordFaultsOf({ password, names, administrator }: PasswordQuestion): readonly PasswordFault[] {
  const faults: PasswordFault[] = [];
  const length = [...password].length;
  if (length < (administrator === 'yes' ? 10 : 8)) faults.push('too-short');
  if (length > longest) faults.push('too-long');
  if (classes.filter((one) => one.test(password)).length < 3) faults.push('too-few-classes');
  if (names.some((name) => sharesFragment(password, name))) faults.push('contains-account');
  return faults;
}

const alphabets = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnpqrstuvwxyz', '23456789', '-+=%#'] as const;

/**
 * Fourteen characters of all four classes without look-alikes (0 O 1 l I), about 80 bits. `random` gives an integer in
 * [0, below). It asks again while the draw contains a fragment of the names.
 */
export function initialPassword(random: (below: number) => number, names: readonly string[]): string {
  const all = alphabets.join('');
  for (;;) {
    const letters: string[] = alphabets.map((set) => set[random(set.length)]!);
    while (letters.length < 14) letters.push(all[random(all.length)]!);
    for (let i = letters.length - 1; i > 0; i--) {
      const j = random(i + 1);
      [letters[i], letters[j]] = [letters[j]!, letters[i]!];
    }
    const password = letters.join('');
    if (!names.some((name) => sharesFragment(password, name))) return password;
  }
}
