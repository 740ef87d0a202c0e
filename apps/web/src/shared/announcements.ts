/** Minutes left at which a countdown speaks; between them it is silent (a timer read out each second makes an exam unusable). */
export const spokenMinutes = [1, 5, 10, 30] as const;

/** The mark that was passed between two readings of what is left, the lowest if several were (a page that slept). */
export function minuteToSpeak(beforeMs: number, nowMs: number): number | undefined {
  return spokenMinutes.find((minutes) => beforeMs > minutes * 60_000 && nowMs <= minutes * 60_000 && nowMs > 0);
}
