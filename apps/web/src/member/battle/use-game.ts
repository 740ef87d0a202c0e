import { computed } from 'vue';
import { GameClient } from '../../live-client/battle-client.js';
import { isSameTime, type QuestionTime, timeOf } from '../../live-client/question-time.js';
import { useClient } from '../../live-client/use-client.js';
import { secondsTo } from './game-words.js';

const tickMs = 100;

/** A game for a page: enters when the page opens, leaves the line when it closes; everything it shows is reactive. */
export function useGame(roomId: string) {
  const { client, now, of, connection, problem } = useClient(
    (changed) => new GameClient(roomId, changed),
    tickMs,
    (game) => game.lookIfOverdue(),
  );
  const view = of(() => client.state?.view ?? null);
  const question = computed(() => view.value?.question ?? null);
  return {
    view,
    question,
    connection,
    problem,
    /** Where the open question stands, by the server's clock. */
    time: computed<QuestionTime | null>((former) => {
      const shown = view.value;
      const isRunning = shown?.phase === 'question';
      const next = isRunning
        ? timeOf({ phase: 'question', timing: shown.timing, paused: false }, now.value, null)
        : null;
      return former && next && isSameTime(former, next) ? former : next;
    }),
    /** Whole seconds until the phase moves on by itself; null where it does not. */
    seconds: computed(() => secondsTo(view.value?.nextAt ?? null, now.value)),
    answerState: of(() => (question.value ? client.answers.stateOf(question.value.index) : null)),
    /** What was chosen here, before and after the server took it. */
    choice: of((): readonly number[] | null => {
      const waiting = question.value && client.answers.choiceOf(question.value.index);
      return waiting && 'options' in waiting ? waiting.options : (view.value?.me?.choice ?? null);
    }),
    submit: client.submit.bind(client),
    act: client.act.bind(client),
  };
}

export type Game = ReturnType<typeof useGame>;
