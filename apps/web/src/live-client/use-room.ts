import { computed, provide } from 'vue';
import { pictureSource } from '../shared/picture-source.js';
import type { RoomEntry } from './live-socket.js';
import { RoomClient } from './room-client.js';
import { roomPictures } from './room-pictures.js';
import { useClient } from './use-client.js';
import { isSameTime, type QuestionTime, timeOf } from './question-time.js';

const tickMs = 50;

/** A room for a page: enters when the page opens, leaves when it closes; everything it shows is reactive. */
export function useRoom(entry: RoomEntry) {
  const { client, now, of, connection, problem } = useClient((changed) => new RoomClient(entry, changed), tickMs);
  provide(pictureSource, roomPictures(entry));
  const view = of(() => client.state?.view ?? null);
  const question = computed(() => view.value?.question ?? null);
  return {
    client,
    view,
    question,
    role: entry.role,
    /** How far in the room's log this page is. */
    seq: of(() => client.state?.seq ?? 0),
    roomId: entry.roomId,
    /** The server's time, by this page's clock. */
    now,
    connection,
    problem,
    online: of(() => client.state?.online ?? {}),
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
  };
}

export type Room = ReturnType<typeof useRoom>;
