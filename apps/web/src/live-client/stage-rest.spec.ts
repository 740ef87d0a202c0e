import type { StagePage, StagePart, StageView } from '@xuekao/contracts';
import { partOf } from '@xuekao/live/core';
import { fillRest, isWhole } from './stage-rest.js';
import { afterStageFrame, afterStagePage, stageOfView, type StageState } from './stage-state.js';

const teams = [...Array(25).keys()].map((at) => ({ team: at + 1 }));
const scene = { teams: [], results: [], question: null, paused: false, cue: { text: '' } };
const rest: StagePart[] = ['scene.teams', 'scene.cue.text'];
const start = stageOfView(5, { kind: 'stage', scene, staff: null, rest } as unknown as StageView, null);
const whole = { 'scene.teams': teams, 'scene.cue.text': '第2队 评委改判 +10' } as Partial<
  Record<StagePart, string | object[]>
>;

/** A room of which the client has asked; pages are short here. */
class Line {
  state: StageState | null = start;
  readonly asked: string[] = [];
  during: (part: StagePart) => void = () => undefined;

  fill(): Promise<void> {
    return fillRest({
      read: () => this.state,
      write: (state) => void (this.state = state),
      ask: async (part, from): Promise<StagePage> => {
        this.asked.push(`${part} ${from}`);
        this.during(part);
        const of = whole[part]!;
        return { part, from, total: of.length, items: of.slice(from, from + 10) };
      },
    });
  }
}

describe('a view that comes in pieces', () => {
  it('is whole when lists and texts have come page by page', async () => {
    const line = new Line();
    await line.fill();
    expect(isWhole(line.state!)).toBe(true);
    expect(partOf(line.state!.view, 'scene.teams')).toEqual(teams);
    expect(partOf(line.state!.view, 'scene.cue.text')).toBe('第2队 评委改判 +10');
    expect(line.asked.filter((one) => one.startsWith('scene.teams'))).toEqual(
      [0, 10, 20].map((at) => `scene.teams ${at}`),
    );
  });

  it('takes what a frame tells meanwhile for the whole, and asks for it no more', async () => {
    const line = new Line();
    line.during = (part) => {
      if (part !== 'scene.teams') return;
      const events = [{ type: 'scene', patch: { teams: [{ team: 9 }] } } as never];
      line.state = afterStageFrame(line.state!, { roomId: 'r', seq: 6, after: 5, at: 0, events }) as StageState;
    };
    await line.fill();
    expect(line.state!.view.scene.teams).toEqual([{ team: 9 }]);
    expect(isWhole(line.state!)).toBe(true);
    expect(line.asked.filter((one) => one.startsWith('scene.teams'))).toHaveLength(1);
  });

  it('takes no page twice, none of a part it has, and ends with an empty one', () => {
    const page: StagePage = { part: 'scene.teams', from: 0, total: 25, items: teams.slice(0, 10) };
    const once = afterStagePage(start, page);
    expect(afterStagePage(once, page)).toBe(once);
    expect(afterStagePage(start, { ...page, part: 'scene.results' })).toBe(start);
    expect(isWhole(afterStagePage(once, { ...page, from: 10, items: [] }))).toBe(false);
    expect(afterStagePage(once, { ...page, from: 10, items: [] }).view.rest).toEqual(['scene.cue.text']);
  });
});
