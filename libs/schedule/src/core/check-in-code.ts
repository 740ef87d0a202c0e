import type { Instant } from '@xuekao/kernel';

/** A code is shown for this long, and accepted for one step more. */
export const codeStepMs = 30_000;

/** HMAC of a message under the session's secret, at least 20 bytes. */
export type Mac = (message: string) => Uint8Array;

export const codeStepAt = (at: Instant): number => Math.floor(at / codeStepMs);

/** Six digits of a time step, by the dynamic truncation of RFC 4226 §5.3. */
export function codeOfStep(mac: Mac, step: number): string {
  const digest = mac(String(step));
  const offset = digest[digest.length - 1]! & 0x0f;
  const word = new DataView(digest.buffer, digest.byteOffset + offset, 4).getUint32(0) & 0x7fffffff;
  return String(word % 1_000_000).padStart(6, '0');
}

/** The code to show at an instant and when the next one replaces it. */
export function codeAt(mac: Mac, at: Instant): { readonly code: string; readonly validUntil: Instant } {
  const step = codeStepAt(at);
  return { code: codeOfStep(mac, step), validUntil: (step + 1) * codeStepMs };
}

/** Whether a code is the current one or the one before it. */
export function acceptsCode(mac: Mac, code: string, at: Instant): boolean {
  const step = codeStepAt(at);
  return code === codeOfStep(mac, step) || code === codeOfStep(mac, step - 1);
}
