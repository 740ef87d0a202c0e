import type { StageSheetFault } from '@xuekao/contracts';

/** Reads a foreign value; tells every fault by its path and goes on, so that an editor sees them all at once. */
export type Reader = (value: unknown, path: string, faults: StageSheetFault[]) => void;

const say = (faults: StageSheetFault[], path: string, message: string): void => {
  faults.push({ path: path === '' ? '(整表)' : path, message });
};

export const whole =
  (least: number, most: number): Reader =>
  (value, path, faults) => {
    if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) return;
    say(faults, path, `应为 ${least} 到 ${most} 的整数`);
  };

export const text =
  (most: number, pattern?: RegExp): Reader =>
  (value, path, faults) => {
    const fits = typeof value === 'string' && value.trim() !== '' && value.length <= most;
    if (fits && (!pattern || pattern.test(value))) return;
    say(faults, path, pattern ? `应为 1 到 ${most} 个小写字母、数字或连字符` : `应为 1 到 ${most} 个字的文字`);
  };

/** A text that may be empty. */
export const anyText =
  (most: number): Reader =>
  (value, path, faults) => {
    if (typeof value !== 'string' || value.length > most) say(faults, path, `应为至多 ${most} 个字的文字`);
  };

export const flag: Reader = (value, path, faults) => {
  if (typeof value !== 'boolean') say(faults, path, '应为 true 或 false');
};

export const oneOf =
  (...values: readonly (string | number)[]): Reader =>
  (value, path, faults) => {
    if (!values.includes(value as string)) say(faults, path, `应为 ${values.join('、')} 之一`);
  };

export const listOf =
  (item: Reader, least: number, most: number): Reader =>
  (value, path, faults) => {
    if (!Array.isArray(value)) return say(faults, path, '应为列表');
    if (value.length < least || value.length > most) say(faults, path, `应有 ${least} 到 ${most} 项`);
    value.slice(0, most).forEach((entry, index) => item(entry, `${path}[${index}]`, faults));
  };

export const nullOr =
  (read: Reader): Reader =>
  (value, path, faults) => {
    if (value !== null) read(value, path, faults);
  };

/** An object of exactly these keys; those of `maybe` may be missing. */
export const shape =
  (must: Readonly<Record<string, Reader>>, maybe: Readonly<Record<string, Reader>> = {}): Reader =>
  (value, path, faults) => {
    if (!isObject(value)) return say(faults, path, '应为对象');
    const at = (key: string): string => (path === '' ? key : `${path}.${key}`);
    for (const [key, read] of Object.entries(must)) {
      if (Object.hasOwn(value, key)) read(value[key], at(key), faults);
      else say(faults, at(key), '缺少此项');
    }
    for (const [key, given] of Object.entries(value)) {
      if (Object.hasOwn(must, key)) continue;
      if (!Object.hasOwn(maybe, key)) say(faults, at(key.slice(0, 40)), '没有此项');
      else if (given !== undefined) maybe[key]!(given, at(key), faults);
    }
  };

/** One of several shapes, told apart by `kind`, or by another key. */
export const kinds =
  (shapes: Readonly<Record<string, Readonly<Record<string, Reader>>>>, key = 'kind'): Reader =>
  (value, path, faults) => {
    if (!isObject(value)) return say(faults, path, '应为对象');
    const kind = value[key];
    if (typeof kind !== 'string' || !Object.hasOwn(shapes, kind)) {
      return say(faults, path === '' ? key : `${path}.${key}`, `应为 ${Object.keys(shapes).join('、')} 之一`);
    }
    shape({ [key]: oneOf(kind), ...shapes[kind] })(value, path, faults);
  };

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
