import type { Problem, StageHostAct, StageView } from '@xuekao/contracts';
import { computed, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { problemFrom } from '../../../api/problem.js';
import type { StageRoom } from '../../../live-client/use-stage-room.js';
import { confirmAct } from '../../../shared/confirm.js';
import { consoleId } from '../console-id.js';
import { useReasons } from './reasons.js';
import { useGraveActs } from './use-grave-acts.js';

/** Acts that depend on the screen the person saw: a contest that has moved on refuses them instead of skipping a step. */
const bound: readonly StageHostAct['type'][] = [
  'next',
  'intro',
  'show',
  'start',
  'open',
  'close',
  'reveal',
  'audience',
  'standings',
  'podium',
  'judge',
  'choose',
  'begin',
  'clue',
  'finish',
  'void-question',
  'award-buzz',
];

/** What host and judges can do with their stage: one act at a time, and the refusal of the last one. */
export function useOfficial(room: StageRoom) {
  const { t } = useI18n();
  const me = consoleId();
  const isBusy = ref(false);
  const problem = ref<Problem | null>(null);
  const view = room.view;
  const staff = computed(() => {
    const { staff: own, scene } = view.value ?? { staff: null, scene: null };
    // From the reveal on the key stands in the scene.
    return own && scene?.reveal ? { ...own, key: scene.reveal.key, explanation: scene.reveal.explanation } : own;
  });
  const baton = computed(() => staff.value?.baton ?? null);
  const isHost = room.role === 'host';
  const holds = computed(() => !isHost || baton.value === null || baton.value.console === me);
  const isMine = computed(() => baton.value?.console === me);

  let running: Promise<boolean> = Promise.resolve(true);

  /** `expected` is the step the person saw, where that is not the one on show now. */
  function act(given: StageHostAct, expected?: number): Promise<boolean> {
    if (isBusy.value || !view.value) return Promise.resolve(false);
    isBusy.value = true;
    running = send(given, view.value, expected);
    return running;
  }

  async function send(given: StageHostAct, { scene }: StageView, expected?: number): Promise<boolean> {
    problem.value = null;
    try {
      const step = expected ?? (bound.includes(given.type) ? scene.step : undefined);
      const expect = step === undefined ? {} : { expect: step };
      await room.act(given, { ...(isHost ? { console: me } : {}), ...expect });
      return true;
    } catch (error) {
      problem.value = problemFrom(error);
      return false;
    } finally {
      isBusy.value = false;
    }
  }

  async function next(): Promise<void> {
    const step = staff.value?.next;
    if (!step || view.value?.scene.paused) return;
    if (step === 'end') await end();
    else await act({ type: 'next' });
  }

  async function end(): Promise<void> {
    const title = t('desk.stage.end');
    const detail = t(view.value?.rehearsal ? 'desk.stage.endRehearsal' : 'desk.stage.endDetail', {
      title: view.value?.title ?? '',
      count: view.value?.scene.teams.length ?? 0,
    });
    if (await confirmAct({ title, confirm: title, detail })) await act({ type: 'end' });
  }

  async function take(): Promise<void> {
    const title = t('desk.live.baton.take');
    const detail = t('desk.live.baton.taking', { name: baton.value?.name ?? '', title: view.value?.title ?? '' });
    if (await confirmAct({ title, confirm: title, detail })) await act({ type: 'take-baton' });
  }

  /** Waits for an act on its way: a stop, or the end of one, must never be lost to it. */
  async function pause(): Promise<boolean> {
    await running;
    return act({ type: view.value?.scene.paused ? 'resume' : 'pause' });
  }

  const needsTwo = ref(false);
  const { asked, ask } = useReasons();
  const grave = useGraveActs({ view, staff, needsTwo, ask, act });
  const states = { isBusy, problem, staff, baton, holds, isMine, isHost, needsTwo, asked };
  return { act, next, end, take, pause, ...grave, ...states, room };
}

export type Official = ReturnType<typeof useOfficial>;
