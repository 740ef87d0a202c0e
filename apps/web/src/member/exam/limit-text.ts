import { formatMinutes } from '../../format/when.js';
import { i18n } from '../../i18n/index.js';

/** `30 分钟`, or `60 分钟（延长自 30 分钟）` where time was given on top. */
export function limitText(limit: {
  readonly limitMinutes: number;
  readonly extendedFromMinutes?: number | null;
}): string {
  const { limitMinutes: to, extendedFromMinutes: from } = limit;
  return from == null ? formatMinutes(to) : i18n.global.t('exam.extended', { to, from });
}
