import type { QuestionBody, QuestionKey } from '@xuekao/contracts';
import { movableOptions } from '@xuekao/contracts';

/** All that a version says; the last three only for who may see them. */
export interface VersionText {
  readonly body: QuestionBody;
  readonly key?: QuestionKey;
  readonly explanation?: string;
  readonly source?: string;
}

export const versionFields = {
  material: '材料',
  stem: '题干',
  pictures: '图片',
  option: '选项',
  left: '左侧项',
  right: '右侧项',
  blanks: '空数',
  maxLength: '字数上限',
  key: '答案',
  rubric: '采分点',
  explanation: '解析',
  source: '出处',
} as const;
export type VersionField = keyof typeof versionFields;

/** What one field said before and says after; null where it was not there. */
export interface FieldChange {
  readonly field: VersionField;
  /** Id of the option that changed, null of fields that are there once. */
  readonly part: string | null;
  readonly before: string | null;
  readonly after: string | null;
}

type Said = ReadonlyMap<string, string>;
const nameOf = (field: VersionField, part = ''): string => `${field}/${part}`;

function saidBy({ body, key, explanation, source }: VersionText): Said {
  const said = new Map<string, string>();
  const say = (field: VersionField, text: string, part = ''): void => void said.set(nameOf(field, part), text);
  if (body.material) say('material', [body.material.title, body.material.text].filter(Boolean).join('\n'));
  say('stem', body.stem);
  if (body.pictures) say('pictures', body.pictures.map((picture) => `${picture.alt} (${picture.id})`).join('\n'));
  const optionField = body.type === 'matching' ? 'right' : 'option';
  const texts = new Map<string, string>();
  for (const option of [...movableOptions(body), ...(body.type === 'matching' ? body.lefts : [])]) {
    const text = option.picture ? `${option.text} [${option.picture.alt} (${option.picture.id})]`.trim() : option.text;
    texts.set(option.id, text);
  }
  for (const { id } of movableOptions(body)) say(optionField, texts.get(id)!, id);
  if (body.type === 'matching') for (const { id } of body.lefts) say('left', texts.get(id)!, id);
  if (body.type === 'blank') say('blanks', String(body.blanks));
  if (body.type === 'short-answer') say('maxLength', String(body.maxLength));
  if (key) {
    say(
      'key',
      keyText(key, (id) => texts.get(id) ?? id),
    );
    if (key.kind === 'text' && key.rubric.length > 0) say('rubric', key.rubric.join('\n'));
  }
  if (explanation) say('explanation', explanation);
  if (source) say('source', source);
  return said;
}

function keyText(key: QuestionKey, textOf: (id: string) => string): string {
  switch (key.kind) {
    case 'choice':
      return key.optionIds.map(textOf).join('\n');
    case 'order':
      return key.optionIds.map(textOf).join(' → ');
    case 'pairs':
      return key.pairs.map(({ left, right }) => `${textOf(left)} — ${textOf(right)}`).join('\n');
    case 'blank': {
      const blanks = key.accepted.map((wordings, at) => `${at + 1}. ${wordings.join(' / ')}`);
      return [...blanks, ...(key.orderFree ? ['次序不限'] : [])].join('\n');
    }
    case 'text':
      return key.reference;
    default:
      return key satisfies never;
  }
}

/** Field by field what differs; empty where the two say the same. */
export function versionDiff(before: VersionText, after: VersionText): FieldChange[] {
  const [old, now] = [saidBy(before), saidBy(after)];
  const order = Object.keys(versionFields);
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((name) => old.get(name) !== now.get(name))
    .map((name): FieldChange => {
      const [field, part] = name.split('/') as [VersionField, string];
      return { field, part: part || null, before: old.get(name) ?? null, after: now.get(name) ?? null };
    })
    .toSorted((a, b) => order.indexOf(a.field) - order.indexOf(b.field));
}
