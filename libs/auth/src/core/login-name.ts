import { normalText, refuse, type Refusal } from '@xuekao/kernel';

const pattern = /^[a-z0-9][a-z0-9._-]{2,31}$/;

/** The one form of a login name: `Ｚhang.San ` signs in as `zhang.san`. */
export function loginKeyOf(text: string): string {
  return normalText(text);
}

/** Null when the normal form is 3 to 32 letters, digits, dots, underscores or hyphens, and starts with a letter or digit. */
export function refusalOfLoginName(text: string): Refusal | null {
  return pattern.test(loginKeyOf(text)) ? null : refuse('auth.account.login-invalid');
}
