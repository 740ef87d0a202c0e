import type { QuizChoice } from '@xuekao/contracts';
import { computed, provide } from 'vue';
import { pictureSource } from '../shared/picture-source.js';
import type { StageEntry } from './live-socket.js';
import { stagePictures } from './room-pictures.js';
import { StageClient } from './stage-client.js';
import { useClient } from './use-client.js';
import { isSameStageTime, type StageTime, stageTimeOf } from './stage-state.js';

const tickMs = 50;

/** A stage for a page: enters when the page opens, leaves when it closes; everything it shows is reactive. */
export function useStageRoom(entry: StageEntry) {
  const { client, now, of, connection, problem } = useClient((changed) => new StageClient(entry, changed), tickMs);
  provide(pictureSource, stagePictures(entry));
  const view = of(() => client.shown?.view ?? null);
  const item = computed(() => view.value?.scene.question?.item ?? null);
  const given = computed<QuizChoice | null>(() => {
    const me = view.value?.me;
    if (!me || me.as === 'team') return me?.draft ?? null;
    return me.item === item.value ? me.choice : null;
  });
  return {
    client,
    view,
    item,
    role: entry.role,
    connection,
    problem,
    online: of(() => client.state?.online ?? {}),
    audience: of(() => client.state?.audience ?? { seats: 0, answered: 0 }),
    roundTripMs: of(() => client.clock.roundTripMs()),
    /** The clock on show, by the server's time. */
    time: computed<StageTime | null>((former) => {
      const next = stageTimeOf(view.value, now.value, client.shown?.pausedAt ?? null);
      return former && next && isSameStageTime(former, next) ? former : next;
    }),
    answerState: of(() => (item.value === null ? null : client.answers.stateOf(item.value))),
    /** What was chosen here, before and after the server took it. */
    choice: of(() => (item.value === null ? null : (client.answers.choiceOf(item.value) ?? given.value))),
    submit: client.answers.submit.bind(client.answers),
    act: client.act.bind(client),
    buzz: client.buzz.bind(client),
    ledger: client.ledger.bind(client),
  };
}

export type StageRoom = ReturnType<typeof useStageRoom>;
