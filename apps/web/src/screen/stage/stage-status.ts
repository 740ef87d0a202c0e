import type { StageScene } from '@xuekao/contracts';
import { nameOf, namesOf } from '../../live-client/stage-words.js';

export interface StageStatus {
  readonly text: string;
  /** `go`: press now. `lead`: somebody has it. */
  readonly tone: 'plain' | 'go' | 'lead';
}

type Say = (key: string, facts?: Record<string, string | number>) => string;

/** One sentence that tells the hall what happens now. */
export function statusOf(
  scene: StageScene,
  audience: { readonly seats: number; readonly answered: number },
  t: Say,
): StageStatus {
  const plain = (text: string): StageStatus => ({ text, tone: 'plain' });
  switch (scene.phase) {
    case 'buzzing':
      return buzzingOf(scene, t);
    case 'answering':
      return { text: answeringOf(scene, t), tone: scene.buzz?.winner ? 'lead' : 'plain' };
    case 'judging':
      return plain(t('stage.screen.judging'));
    case 'audience':
      return plain(`${t('stage.screen.audience')} · ${t('stage.answered', { ...audience })}`);
    case 'judged':
    case 'revealed':
      return plain(closedOf(scene, t));
    default: {
      const floor = scene.floor?.teams ?? [];
      return plain(floor.length === 1 ? speakingOf(scene, floor[0] ?? 0, t) : t('stage.screen.ready'));
    }
  }
}

function buzzingOf(scene: StageScene, t: Say): StageStatus {
  const { buzz } = scene;
  if (buzz && buzz.tooClose.length > 0) {
    return { text: `${t('stage.screen.tooClose')}：${namesOf(scene, buzz.tooClose)}`, tone: 'lead' };
  }
  if (buzz?.phase === 'deciding') return { text: t('stage.screen.deciding'), tone: 'plain' };
  return { text: t('stage.screen.buzzOpen'), tone: 'go' };
}

function answeringOf(scene: StageScene, t: Say): string {
  const active = scene.floor?.active ?? [];
  if (active.length > 1) {
    const done = scene.finished.length;
    return `${t('stage.screen.allAnswer')} ${t('stage.screen.finished')} ${done} / ${active.length}`;
  }
  const [team = 0] = active;
  if (scene.clock?.kind === 'start' && scene.buzz?.winner === team) {
    return t('stage.screen.winner', { team: nameOf(scene, team) });
  }
  return speakingOf(scene, team, t);
}

function speakingOf(scene: StageScene, team: number, t: Say): string {
  const name = scene.floor?.speaker;
  if (name) return t('stage.screen.speakingBy', { team: nameOf(scene, team), name });
  return t('stage.screen.speaking', { team: nameOf(scene, team) });
}

function closedOf(scene: StageScene, t: Say): string {
  if (scene.results.length > 0) return t(scene.reveal ? 'stage.me.revealed' : 'stage.screen.judgedNow');
  if (scene.buzz?.phase === 'void') return t('stage.screen.voided');
  return t(scene.buzz ? 'stage.screen.silent' : 'stage.key');
}
