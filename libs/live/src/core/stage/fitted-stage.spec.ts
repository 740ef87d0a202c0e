import { stageParts } from '@xuekao/contracts';
import type { StagePart, StageRole, StageSheet, StageView } from '@xuekao/contracts';
import { aStageSetup, PlayedStage } from '../../testing/stage-builders.js';
import { bytesOf, mostViewBytes } from '../fitted-view.js';
import { fittedStage, ledgerPage, mostPageBytes, stagePage } from './fitted-stage.js';
import { shippedSheets } from './sheets/index.js';
import { stake } from './sheets/parts.js';
import { answerStageInquiry, stageMachineOf, stageViewFor } from './stage-machine.js';
import { plainRules } from '../grading.js';
import type { StageLine } from './stage-state.js';
import { partOf, withPart } from './view-parts.js';

const roles: readonly (readonly [StageRole, string | null])[] = [
  ['host', null],
  ['judge', null],
  ['screen', null],
  ['team', 't1m1'],
  ['audience', 'a1'],
];
const sizeOf = (value: unknown): number => bytesOf(JSON.stringify(value));

/** As a page puts it together: the view, then each missing part page by page. */
function assembled(fitted: StageView, whole: StageView): StageView {
  let view = fitted;
  for (const part of fitted.rest ?? []) view = withPart(view, part, wholePart(whole, part));
  const { rest: _rest, ...full } = view;
  return full;
}

function wholePart(view: StageView, part: StagePart): string | unknown[] {
  const { items, total } = stagePage(view, part, 0);
  let value = typeof items === 'string' ? items : [...items];
  while (value.length < total) {
    const page = stagePage(view, part, value.length);
    expect(sizeOf(page.items)).toBeLessThanOrEqual(mostPageBytes + 2);
    value = typeof value === 'string' ? value + String(page.items) : [...value, ...page.items];
  }
  return value;
}

/** 400 characters of explanation, a stem as long as a set takes, names as long as a form takes. */
function aLongEvening(sheet: StageSheet, teams: number): PlayedStage {
  const setup = aStageSetup({ ...sheet, teams: { least: 2, most: 100 } }, teams);
  const piles = setup.piles.map((pile) => ({
    ...pile,
    questions: pile.questions.map((one) => ({ ...one, stem: '问'.repeat(560), explanation: '解'.repeat(400) })),
  }));
  const named = setup.teams.map((team) => ({ ...team, name: `${team.name}${'代表队'.repeat(6)}` }));
  return new PlayedStage({ ...setup, title: '题'.repeat(60), piles, teams: named });
}

const lineOf = (index: number, teams: number): StageLine => {
  const line = { line: index + 1, at: 1_700_000_000_000 + index, team: (index % teams) + 1, points: 1000 };
  const note = '裁判长复核后改判'.repeat(5);
  return {
    ...line,
    reason: 'answer',
    item: 1,
    verdict: 'right',
    note,
    undone: false,
    stake: stake(10, 0, 15),
    of: null,
  };
};

describe('the view of a stage with a hundred teams and twenty thousand verdicts', () => {
  const teams = 100;
  const lines = [...Array(teams * 200).keys()].map((index) => lineOf(index, teams));

  it('has at most 4 KB for every role at every step, and is whole with its pages', () => {
    const played = aLongEvening(shippedSheets.survival!, teams).join('a1').join('t1m1');
    played.state = { ...played.state, ledger: lines };
    const seen = new Set<StagePart>();
    const look = (): void => {
      for (const [role, seat] of roles) {
        const whole = stageViewFor(played.state, role, seat);
        const fitted = fittedStage(whole);
        expect([role, sizeOf(fitted) <= mostViewBytes]).toEqual([role, true]);
        expect(assembled(fitted, whole)).toEqual(whole);
        for (const part of fitted.rest ?? []) seen.add(part);
      }
    };
    for (let step = 0; step < 3; step++) {
      played.next();
      look();
    }
    for (let team = 1; team <= teams; team++) {
      if (team % 5 !== 0) played.answer(team, team % 3 !== 0);
      if (team % 20 === 0) look();
    }
    for (let step = 0; step < 4; step++) {
      played.next();
      look();
    }
    expect([...seen]).toEqual(expect.arrayContaining(['scene.teams', 'staff.roster', 'staff.drafts', 'scene.results']));
  });

  it('tells officials the whole ledger in pages, newest first, and nobody else a line of it', () => {
    const played = aLongEvening(shippedSheets.survival!, teams);
    const state = { ...played.state, ledger: lines };
    const told: number[] = [];
    for (let total = 1; told.length < total;) {
      const page = ledgerPage(state, told.length);
      expect(sizeOf(page.items)).toBeLessThanOrEqual(mostPageBytes + 2);
      total = page.total;
      told.push(...(page.items as readonly StageLine[]).map(({ line }) => line));
    }
    expect(told).toEqual(lines.map(({ line }) => line).toReversed());
    for (const audience of ['team', 'audience', 'screen']) {
      expect(answerStageInquiry(state, { audience, seat: 't1m1', part: 'ledger', from: 0 }).items).toEqual([]);
    }
  });
});

describe('the view of a stage of eight teams', () => {
  it('leaves out nothing but the roster, if that, and only for officials', () => {
    const machine = stageMachineOf(plainRules);
    for (const sheet of Object.values(shippedSheets)) {
      const played = new PlayedStage(aStageSetup({ ...sheet, teams: { least: 2, most: 8 } }, 8)).next(3);
      for (const [role, seat] of roles) {
        const view = machine.viewFor(played.state, { audience: role, seat });
        expect(sizeOf(view)).toBeLessThanOrEqual(mostViewBytes);
        expect(['staff.roster', undefined]).toContain(view.rest?.[0]);
        expect(view.rest?.length ?? 0).toBeLessThanOrEqual(Number(role === 'host' || role === 'judge'));
      }
    }
  });
});

describe('a part of a view', () => {
  it('that the view does not have is an empty page', () => {
    const view = new PlayedStage(aStageSetup(shippedSheets.classic!, 4)).view('screen');
    for (const part of stageParts) {
      const value = partOf(view, part);
      expect(stagePage(view, part, 0)).toEqual({ part, from: 0, total: value?.length ?? 0, items: value ?? [] });
      expect(stagePage(view, part, 1_000_000).items).toHaveLength(0);
    }
  });
});
