import { computed, onScopeDispose, ref } from 'vue';
import type { RoomEntry } from './live-socket.js';
import { RoomClient } from './room-client.js';
import { isSameTime, type QuestionTime, timeOf } from './question-time.js';

const tickMs = 50;

/** A room for a page: enters when the page opens, leaves when it closes; everything it shows is reactive. */
export function useRoom(entry: RoomEntry) {
  const revision = ref(0);
  const client = new RoomClient(entry, () => (revision.value += 1));
  const now = ref(client.clock.now());
  const tick = setInterval(() => (now.value = client.clock.now()), tickMs);
  onScopeDispose(() => {
    clearInterval(tick);
    client.close();
  });

  const of = <T>(read: () => T) =>
    computed(() => {
      void revision.value;
      return read();
    });
  const view = of(() => client.state?.view ?? null);
  const question = computed(() => view.value?.question ?? null);
  return {
    client,
    view,
    question,
    role: entry.role,
    connection: of(() => client.connection),
    problem: of(() => client.problem),
    online: of(() => client.state?.online ?? {}),
    newest: of(() => client.state?.newest ?? []),
    roundTripMs: of(() => client.clock.roundTripMs()),
    /** Where the open question stands, by the server's clock. */
    time: computed<QuestionTime | null>((former) => {
      const next = timeOf(view.value, now.value, client.state?.pausedAt ?? null);
      // The same object while nothing changed that is shown: the page is drawn once a second, not at every tick.
      return former && next && isSameTime(former, next) ? former : next;
    }),
    answerState: of(() => (question.value ? client.answers.stateOf(question.value.index) : null)),
    /** What was chosen here, before and after the server took it. */
    choice: of(() =>
      question.value ? (client.answers.choiceOf(question.value.index) ?? view.value?.me?.choice ?? null) : null,
    ),
    submit: client.submit.bind(client),
    act: client.act.bind(client),
    refresh: client.refresh.bind(client),
  };
}

export type Room = ReturnType<typeof useRoom>;
