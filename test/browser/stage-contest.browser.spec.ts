import { jest } from '@jest/globals';
import type { StageRound, StageSheet, StageStake } from '@xuekao/contracts';
import type { Page } from 'playwright-core';
import type { Client } from '../harness/client.js';
import { unitNamed } from './arrangements.js';
import { scrollsSideways, seriousFaults } from './faults.js';
import { consoleSize, Hall, phoneSize, screenSize } from './hall.js';

jest.setTimeout(180_000);

const players = ['member', 'member2', 'member3', 'organiser'];
const names = ['理论之星队', '红船队', '先锋队', '初心队'];

const stake = (right: number, wrong: number, seconds: number): StageStake => ({
  right: right * 100,
  wrong: wrong * 100,
  none: wrong * 100,
  limitMs: seconds * 1000,
});
const buzz = { openMs: 60_000, startMs: 60_000, fouls: 'V3', foulPoints: -1000 } as const;
const usual = { via: 'spoken', speaker: 'any', staking: 'fixed', pools: 'one' } as const;
const rounds: StageRound[] = [
  {
    ...usual,
    id: 'required',
    title: '必答题',
    brief: ['每队一题，选手端作答', '答对加 10 分，答错不扣分'],
    turns: { kind: 'each', laps: 1, order: 'seat' },
    answer: 'floor',
    via: 'device',
    stakes: [stake(10, 0, 60)],
  },
  {
    ...usual,
    id: 'buzzer',
    title: '抢答题',
    brief: ['听到“请抢答”后按键', '答对加 10 分，答错扣 10 分', '答错后其他队可补答一次'],
    turns: { kind: 'together', count: 2 },
    answer: 'buzz',
    stakes: [stake(10, -10, 60)],
    buzz,
    again: { kind: 'buzz', chances: 1, openMs: 60_000, stake: stake(10, -10, 60) },
  },
  {
    ...usual,
    id: 'risk',
    title: '风险题',
    brief: ['自选 20、40、60 分', '答对加分，答错扣同分'],
    turns: { kind: 'each', laps: 1, order: 'low-first' },
    answer: 'floor',
    staking: 'choice',
    stakes: [stake(20, -20, 60), stake(40, -40, 60), stake(60, -60, 60)],
  },
  {
    ...usual,
    id: 'revival',
    title: '绝处逢生',
    brief: ['末位队挑选一名观众代答', '本环节不计分'],
    turns: { kind: 'one', team: 'lowest' },
    answer: 'floor',
    via: 'device',
    speaker: 'audience-pick',
    stakes: [stake(0, 0, 60)],
  },
  {
    ...usual,
    id: 'overtime',
    title: '加时赛',
    brief: ['同分影响名次的队参加', '先答对者胜，先答错者出局'],
    turns: { kind: 'tied', places: 3, count: 4 },
    answer: 'buzz',
    stakes: [stake(0, 0, 60)],
    buzz: { ...buzz, fouls: 'V5', foulPoints: 0 },
    out: { wrongs: 1, left: 1, sudden: true },
  },
];
const sheet: StageSheet = {
  format: 1,
  name: '四环节快赛',
  baseScore: 10_000,
  teams: { least: 2, most: 8 },
  members: { least: 1, most: 4, substitutes: 1 },
  judging: { by: 'host', confirm: 'one' },
  ranking: 'points',
  rounds,
};

interface Found {
  readonly id: string;
  readonly publishedVersionId: string;
}
interface Keyed {
  readonly body: { readonly options: readonly { readonly id: string }[] };
  readonly key: { readonly optionIds: readonly string[] };
}

describe('a stage contest of four teams', () => {
  let hall: Hall;
  let host: Page;
  let judge: Page;
  let audience: Page;
  let screen: Page;
  let teams: Page[];
  let id = '';
  let code = '';
  /** Of the first questions of the contest, in order. */
  let rights: readonly number[] = [];
  let isWell = false;
  let hasFailed = false;

  /** One walk in steps: after the first that fails the others would only wait for what cannot come. */
  const step = (title: string, walk: () => Promise<void>): void =>
    it(title, async () => {
      if (hasFailed) throw new Error('an earlier step has failed');
      hasFailed = true;
      await walk();
      hasFailed = false;
    });
  const shots = async (name: string, phone: Page = teams[0]!): Promise<void> => {
    await hall.shot(screen, `screen-${name}`);
    await hall.shot(host, `host-${name}`);
    await hall.shot(phone, `phone-${name}`);
  };
  /** The one big button, once it says so. */
  const next = async (says: string): Promise<void> => {
    await host.locator('.steps .big:enabled', { hasText: says }).waitFor();
    await host.keyboard.press('ArrowRight');
  };
  const press = async (team: number): Promise<void> => {
    await teams[team - 1]!.locator('.buzz button.pressNow:enabled').click();
    await screen.locator('.status', { hasText: `${names[team - 1]} 抢到` }).waitFor();
  };
  const begin = async (): Promise<void> => {
    await host.getByRole('button', { name: '开始答题', disabled: false }).waitFor();
    await host.keyboard.press('b');
    await host.getByRole('button', { name: '回答完毕', disabled: false }).waitFor();
  };
  const verdict = async (team: number, key: '1' | '2'): Promise<void> => {
    await host.locator(`[data-judge="${team}"] .verdict.right:enabled`).waitFor();
    await host.keyboard.press(key);
    await host.locator(`[data-judge="${team}"]`).waitFor({ state: 'detached' });
  };
  const score = async (team: number, points: string): Promise<void> => {
    await screen.locator(`li[data-team="${team}"] strong`, { hasText: new RegExp(`^${points}$`) }).waitFor();
  };
  const scores = async (...points: string[]): Promise<void> => {
    for (const [index, one] of points.entries()) await score(index + 1, one);
  };

  beforeAll(async () => {
    hall = await Hall.open();
    const committee = await hall.client('committee');
    ({ id, code, rights } = await arrange(hall, committee));
  }, 300_000);
  afterAll(async () => hall?.close(isWell), 60_000);

  step('tells what a form lacks at the fields themselves', async () => {
    host = await hall.signedIn('committee', consoleSize, '/console/contests/stages/new');
    await host.getByText('经典四环节').waitFor();
    await host.getByRole('button', { name: '创建并打开主持台' }).click();
    await host.getByText('每队应有 1 至 4 名上场队员').first().waitFor();
    await host
      .getByText(/还缺 \d+ 题/)
      .first()
      .waitFor();
    await hall.shot(host, 'host-form');
    expect(await seriousFaults(host)).toEqual([]);
    await host.goto(`${hall.url}/console/contests/sheets/classic`);
    await host.getByText('内置赛制不能修改').waitFor();
    await hall.shot(host, 'host-sheet');
    expect(await seriousFaults(host)).toEqual([]);
  });

  step('seats teams, audience, judge and screen, each by what he is', async () => {
    await host.goto(`${hall.url}/console/contests/stages/${id}`);
    await host.getByText('尚无主持台控制').waitFor();
    teams = await Promise.all(players.map((who) => hall.signedIn(who, phoneSize, `/join/${code}`)));
    audience = await hall.signedIn('secadmin', phoneSize, `/join/${code}`);
    judge = await hall.signedIn('sysadmin', { width: 1024, height: 768 }, '/join');
    await judge.getByRole('link', { name: /评委席/ }).click();
    await Promise.all(teams.map((team) => team.getByText('已签到').waitFor()));
    await audience.getByText('已入席').waitFor();
    await judge.getByText('还没有得分记录').waitFor();
    const opened = host.context().waitForEvent('page');
    await host.getByRole('button', { name: '打开大屏' }).click();
    const tab = await opened;
    await tab.waitForURL(/\/stage-screen\//);
    screen = await hall.device(screenSize);
    await screen.goto(tab.url());
    await tab.close();
    await screen.getByText('到场 1 / 1').nth(3).waitFor();
    await shots('lobby');
    for (const page of [host, judge, screen, audience, teams[0]!]) expect(await seriousFaults(page)).toEqual([]);
  });

  step('plays 必答 on the phones, and a judge changes a verdict with a reason', async () => {
    await next('进入下一环节');
    await screen.getByRole('heading', { name: '必答题' }).waitFor();
    await shots('intro');
    for (const [index, phone] of teams.entries()) {
      await next('出题');
      await next('开始计时');
      const right = rights[index]!;
      const pick = index === 3 ? (right + 1) % 2 : right;
      await phone.locator('.options button:enabled').nth(pick).click();
      await phone.getByText('已保存，点“回答完毕”前可以修改').waitFor();
      if (index === 0) {
        await shots('answering');
        expect(await seriousFaults(phone)).toEqual([]);
        expect(await seriousFaults(screen)).toEqual([]);
      }
      await phone.getByRole('button', { name: '回答完毕' }).click();
      await phone.getByText(index === 3 ? '回答错误' : '回答正确', { exact: true }).waitFor();
      await next('公布答案');
      await screen.locator('.boards').waitFor();
      if (index === 0) await shots('revealed');
    }
    await scores('110', '110', '110', '100');
    await judge.getByRole('button', { name: '改判', exact: true }).first().click();
    await judge.getByRole('button', { name: '提交' }).click();
    await judge.getByText('请写明理由').waitFor();
    await judge.fill('[name=reason]', '答案表述与原文一致');
    await hall.shot(judge, 'judge-override');
    expect(await seriousFaults(judge)).toEqual([]);
    await judge.getByRole('button', { name: '提交' }).click();
    await screen.locator('.cue', { hasText: '评委改判 +10' }).waitFor();
    await hall.shot(screen, 'screen-override');
    await score(4, '110');
    await next('显示比分');
    await screen.getByRole('heading', { name: '当前比分' }).waitFor();
    await shots('standings');
  });

  step('plays 抢答: an early press is a foul, a wrong answer gives the others a chance', async () => {
    await next('进入下一环节');
    await next('出题');
    await teams[0]!.locator('.buzz button.press:enabled').waitFor();
    await hall.shot(teams[0]!, 'phone-armed');
    await teams[0]!.locator('.buzz button.press').click();
    await screen.locator('.cue', { hasText: '抢答犯规' }).waitFor();
    await shots('foul');
    await host.locator('tr[data-team="4"]').getByRole('button', { name: '犯规' }).click();
    await host.getByText(`将判 ${names[3]} 犯规，扣 10 分。`).waitFor();
    await hall.shot(host, 'host-foul-dialog');
    expect(await seriousFaults(host)).toEqual([]);
    await host.locator('dialog[open]').getByRole('button', { name: '取消' }).click();
    await host.locator('dialog').waitFor({ state: 'detached' });
    await next('请抢答');
    await teams[1]!.locator('.buzz button.pressNow').waitFor();
    await hall.shot(teams[1]!, 'phone-buzz');
    expect(await teams[0]!.locator('.buzz button:enabled').count()).toBe(0);
    await press(2);
    await shots('won', teams[1]);
    await begin();
    await host.keyboard.press('f');
    await host.locator('.phase', { hasText: '评判' }).waitFor();
    await verdict(2, '2');
    await score(2, '100');
    await next('请抢答');
    await press(3);
    await begin();
    await verdict(3, '1');
    await scores('110', '100', '120', '110');
    await next('公布答案');
    await shots('buzz-revealed', teams[2]);
    await next('出题');
    await next('请抢答');
    await press(4);
    await begin();
    await verdict(4, '1');
    await scores('110', '100', '120', '120');
    await next('公布答案');
    await next('显示比分');
  });

  step('takes back the last step, and pauses for everybody', async () => {
    await host.locator('.steps .big:enabled', { hasText: '进入下一环节' }).waitFor();
    await host.keyboard.press('z');
    await hall.shot(host, 'host-undo-dialog');
    expect(await host.inputValue('dialog[open] [name=reason]')).toBe('操作有误');
    await host.locator('dialog[open] .button.primary').click();
    await host.locator('.steps .big:enabled', { hasText: '显示比分' }).waitFor();
    await host.keyboard.press('p');
    await Promise.all(
      [...teams, screen, audience].map((page) => page.getByText('已暂停', { exact: true }).first().waitFor()),
    );
    await host.locator('.steps .big:enabled', { hasText: '继续' }).waitFor();
    await host.keyboard.press('p');
    await next('显示比分');
  });

  step('plays 风险: the team chooses what it dares', async () => {
    await next('进入下一环节');
    const order = [2, 1, 3, 4];
    for (const [turn, team] of order.entries()) {
      await next('出题');
      const phone = teams[team - 1]!;
      await phone.getByRole('heading', { name: '请选择分值' }).waitFor();
      if (turn === 0) {
        await shots('choosing', phone);
        expect(await seriousFaults(phone)).toEqual([]);
        expect(await seriousFaults(screen)).toEqual([]);
      }
      await phone.locator('.stakes button').first().click();
      await next('开始计时');
      await phone.getByRole('button', { name: '回答完毕' }).click();
      await host.locator('.phase', { hasText: '评判' }).waitFor();
      await verdict(team, turn === 0 ? '1' : '2');
      await next('公布答案');
    }
    await scores('90', '120', '100', '100');
    await next('显示比分');
    await screen.getByText('同分').first().waitFor();
    await shots('tied');
  });

  step('lets the last team have one of the audience answer for it', async () => {
    await host.getByRole('button', { name: '转到环节' }).click();
    await host.getByText('已得分数不变').waitFor();
    await host.locator('dialog[open] [name=choice]').selectOption({ label: '4. 绝处逢生' });
    await host.fill('dialog[open] [name=reason]', '时间不足');
    await hall.shot(host, 'host-go-round');
    expect(await seriousFaults(host)).toEqual([]);
    await host.keyboard.press('Enter');
    await screen.getByRole('heading', { name: '绝处逢生' }).waitFor();
    await next('出题');
    await host.getByRole('heading', { name: `请为 ${names[0]} 选择一名观众` }).waitFor();
    await host.locator('[data-seat="1"]:enabled').waitFor();
    await hall.shot(host, 'host-pick');
    expect(await seriousFaults(host)).toEqual([]);
    await host.locator('[data-seat="1"]').click();
    await next('开始计时');
    await audience.getByText(`您被选中为 ${names[0]} 作答`).waitFor();
    await next('停止作答');
    await next('公布答案');
    await next('显示比分');
    await scores('90', '120', '100', '100');
  });

  step('settles the tie in 加时 by sudden death and shows the places', async () => {
    await next('进入下一环节');
    await next('出题');
    const key = teams[3]!;
    await key.locator('.buzz button.press:enabled').waitFor();
    await key.keyboard.press('Space');
    await key.locator('.buzz button.pressed').waitFor();
    await next('请抢答');
    expect(await teams[0]!.locator('.buzz button.pressNow:enabled').count()).toBe(0);
    // An early press does not count here: the same button is free again, by key whatever has the focus.
    await key.locator('.buzz button.pressNow:enabled').waitFor();
    await key.keyboard.press('Enter');
    await screen.locator('.status', { hasText: `${names[3]} 抢到` }).waitFor();
    await begin();
    await verdict(4, '1');
    await next('公布答案');
    await next('显示比分');
    await next('颁奖');
    const places = screen.locator('ol li');
    await screen.getByRole('heading', { name: '最终名次' }).waitFor();
    expect(await places.locator('.name').allInnerTexts()).toEqual([names[1], names[3], names[2], names[0]]);
    await shots('podium', teams[3]);
    for (const page of [host, judge, screen, teams[3]!]) expect(await seriousFaults(page)).toEqual([]);
    for (const page of [...teams, audience]) expect(await scrollsSideways(page)).toBe(false);
    await hall.shot(judge, 'judge-end');
    await hall.shot(audience, 'audience-end');
    await next('结束');
    await host.locator('dialog[open] .button.primary').click();
    await host.getByRole('link', { name: '成绩' }).click();
    await host.locator('tr[data-team]').nth(3).waitFor();
    await hall.shot(host, 'host-results');
    expect(await seriousFaults(host)).toEqual([]);
    await host.getByRole('link', { name: '回放' }).click();
    await host.getByText('回放终局与保存的成绩一致').waitFor();
    await host.getByRole('button', { name: '颁奖' }).click();
    const replayed = host.locator('ol li');
    await host.getByRole('heading', { name: '最终名次' }).waitFor();
    expect(await replayed.locator('.name').allInnerTexts()).toEqual([names[1], names[3], names[2], names[0]]);
    await hall.shot(host, 'host-replay');
    expect(await seriousFaults(host)).toEqual([]);
    isWell = true;
  });
});

/** A sheet of its own, four teams of one, one judge, and a question for every turn. */
async function arrange(hall: Hall, committee: Client) {
  const branch = await unitNamed(committee, '第二党支部');
  const { id: sheetId } = await committee.post<{ id: string }>('/live/stage-sheets', { unitId: branch.id, sheet });
  const { items } = await committee.get<{ items: Found[] }>('/questions?type=single&state=published&limit=50');
  const piles: readonly (readonly [string, number])[] = [
    ['required', 4],
    ['buzzer', 2],
    ['risk', 4],
    ['revival', 1],
    ['overtime', 4],
  ];
  let from = 0;
  const people = await Promise.all(
    players.map(async (who) => (await hall.client(who)).get<{ memberId: string }>('/auth/me')),
  );
  const judge = await (await hall.client('sysadmin')).get<{ accountId: string }>('/auth/me');
  const stage = await committee.post<{ id: string; code: string }>('/live/stages', {
    unitId: branch.id,
    title: '学习贯彻党的二十大精神知识竞赛',
    sheetId,
    teams: people.map(({ memberId }, index) => ({ name: names[index]!, members: [{ memberId, role: 'captain' }] })),
    piles: piles.map(([round, count]) => {
      const piece = items.slice(from, (from += count));
      return { round, pile: 0, versionIds: piece.map(({ publishedVersionId }) => publishedVersionId) };
    }),
    judges: [judge.accountId],
  });
  const asked = await Promise.all(items.slice(0, 4).map((item) => committee.get<Keyed>(`/questions/${item.id}`)));
  const rights = asked.map(({ body, key }) => body.options.findIndex((option) => key.optionIds.includes(option.id)));
  return { ...stage, rights };
}
