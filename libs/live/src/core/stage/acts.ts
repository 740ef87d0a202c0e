import type { StageAct, StageRole, StageSheetFault } from '@xuekao/contracts';
import { anyText, flag, kinds, listOf, nullOr, oneOf, text, whole } from './shape.js';
import type { Reader } from './shape.js';

const indices = listOf(whole(-1, 100), 0, 40);
const choices: Readonly<Record<string, Reader>> = {
  options: indices,
  blanks: listOf(anyText(200), 0, 40),
  order: indices,
  pairs: indices,
};

/** An answer of any question type; which it must be is for the question to say. */
const choice: Reader = (value, path, faults) => {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  const [key] = keys;
  const read = keys.length === 1 && Object.hasOwn(choices, key!) ? choices[key!] : undefined;
  if (!read) faults.push({ path, message: `应只有 ${Object.keys(choices).join('、')} 之一` });
  else read((value as Record<string, unknown>)[key!], `${path}.${key}`, faults);
};

const team = whole(1, 100);
const item = whole(1, 1_000_000);
const help = oneOf('help', 'pass', 'exchange');
const verdict = oneOf('right', 'wrong', 'none', 'void');
const reason = text(200);
const points = whole(-1_000_000, 1_000_000);
const picked = whole(0, 100_000);

const judgeActs = {
  judge: { team, verdict },
  override: { line: whole(1, 1_000_000), verdict, reason },
  adjust: { team, points, discipline: flag, reason },
  'award-buzz': { team: nullOr(team) },
  confirm: { proposal: whole(1, 1_000_000) },
  reject: { proposal: whole(1, 1_000_000) },
};
const steps = ['intro', 'show', 'start', 'open', 'close', 'reveal', 'audience', 'standings', 'podium', 'end'];
const plain = ['next', ...steps, 'begin', 'clue', 'pause', 'resume', 'take-baton'];
const hostActs = {
  ...Object.fromEntries(plain.map((type) => [type, {}])),
  ...judgeActs,
  'go-round': { round: whole(0, 100), reason },
  draw: { what: oneOf('seats', 'sets') },
  choose: { choice: picked },
  finish: { team },
  help: { team, help },
  foul: { team, reason },
  'void-question': { reason },
  substitute: { team, out: text(36), in: text(36) },
  undo: { reason },
};
const teamActs = { answer: { item, choice }, finish: { item }, choose: { choice: picked }, help: { item, help } };

type Fields = Readonly<Record<string, Readonly<Record<string, Reader>>>>;

/** The acts of each role by type, with the fields that they have. */
export const actFields: Readonly<Record<Exclude<StageRole, 'screen'>, Fields>> = {
  host: hostActs,
  judge: judgeActs,
  team: teamActs,
  audience: { answer: { item, choice } },
};

const readers: Readonly<Record<Exclude<StageRole, 'screen'>, Reader>> = {
  host: kinds(actFields.host, 'type'),
  judge: kinds(actFields.judge, 'type'),
  team: kinds(actFields.team, 'type'),
  audience: kinds(actFields.audience, 'type'),
};

/** The act as this role may send it, or every fault of it. Whether it is possible now is for the machine to say. */
export function readAct(
  role: Exclude<StageRole, 'screen'>,
  value: unknown,
): { readonly act: StageAct | null; readonly faults: StageSheetFault[] } {
  const faults: StageSheetFault[] = [];
  readers[role](value, 'act', faults);
  return { act: faults.length > 0 ? null : (value as StageAct), faults };
}
