import type { Problem, QuizHostAct, QuizView } from '@xuekao/contracts';
import { computed, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { problemFrom } from '../../api/problem.js';
import { mayEnd, nextStep } from '../../live-client/next-step.js';
import type { Room } from '../../live-client/use-room.js';
import { confirmAct } from '../../shared/confirm.js';
import { consoleId } from './console-id.js';

/** What a console can do with its room: acts one at a time, each bound to the phase that the person saw. */
export function useDesk(room: Room) {
  const { t } = useI18n();
  const me = consoleId();
  const isBusy = ref(false);
  const problem = ref<Problem | null>(null);
  const view = room.view;
  const baton = computed(() => view.value?.host?.baton ?? null);
  const holds = computed(() => baton.value === null || baton.value.console === me);

  let running: Promise<void> = Promise.resolve();

  function act(given: QuizHostAct): Promise<void> {
    if (isBusy.value || !view.value) return Promise.resolve();
    isBusy.value = true;
    running = send(given, view.value);
    return running;
  }

  async function send(given: QuizHostAct, seen: QuizView): Promise<void> {
    problem.value = null;
    try {
      await room.act(me, given, expected(seen, given));
    } catch (error) {
      problem.value = problemFrom(error);
    } finally {
      isBusy.value = false;
    }
  }

  async function end(): Promise<void> {
    if (!view.value || !mayEnd(view.value)) return;
    const { title, seats, rehearsal } = view.value;
    const detail = t(rehearsal ? 'desk.live.endRehearsal' : 'desk.live.endDetail', { title, count: seats });
    const agreed = await confirmAct({ title: t('desk.live.step.end'), confirm: t('desk.live.step.end'), detail });
    if (agreed) await act({ type: 'end' });
  }

  /** The one big step; ending asks first. */
  async function next(): Promise<void> {
    const step = view.value && !view.value.paused ? nextStep(view.value) : null;
    if (step === 'end') await end();
    else if (step) await act({ type: step });
  }

  async function take(): Promise<void> {
    const holder = baton.value?.name ?? '';
    const detail = t('desk.live.baton.taking', { name: holder, title: view.value?.title ?? '' });
    const title = t('desk.live.baton.take');
    if (await confirmAct({ title, confirm: title, detail })) await act({ type: 'take-baton' });
  }

  /** Waits for an act that is on its way instead of being lost to it: a pause is pressed when something is wrong. */
  async function then(actOn: (seen: QuizView) => QuizHostAct): Promise<void> {
    const wanted = view.value && actOn(view.value);
    await running;
    if (wanted) await act(wanted);
  }

  const pause = (): Promise<void> => then(({ paused }) => ({ type: paused ? 'resume' : 'pause' }));
  const joining = (): Promise<void> =>
    then(({ joiningLocked }) => ({ type: joiningLocked ? 'unlock-joining' : 'lock-joining' }));
  const automatic = (): Promise<void> =>
    then(({ host }) => ({ type: host?.autoAdvance ? 'auto-advance-off' : 'auto-advance-on' }));

  return {
    act,
    end,
    next,
    take,
    pause,
    joining,
    automatic,
    isBusy,
    problem,
    baton,
    holds,
    isMine: computed(() => baton.value?.console === me),
  };
}

export type Desk = ReturnType<typeof useDesk>;

/**
 * Only what moves the room depends on what was seen; the podium hides its last question, so it cannot be named there. The other
 * acts name the state they want, so that a second one changes nothing.
 */
function expected(view: QuizView, { type }: QuizHostAct) {
  const isStep = ['open', 'lock', 'reveal', 'scoreboard', 'podium'].includes(type);
  return isStep ? { phase: view.phase, question: view.question?.index ?? -1 } : undefined;
}
