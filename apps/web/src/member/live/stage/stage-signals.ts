import { watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { announce } from '../../../app/live-region.js';
import type { StageRoom } from '../../../live-client/use-stage-room.js';

const feel = (pattern: number | number[]): void => void globalThis.navigator.vibrate?.(pattern);

/** What a phone feels and a screen reader says when the stage moves; no sound is needed. */
export function useStageSignals(room: StageRoom): void {
  const { t } = useI18n();
  const me = () => room.view.value?.me ?? null;

  watch(
    () => room.view.value?.scene.phase === 'buzzing' && room.time.value?.stage === 'open',
    (isOpen) => {
      const mine = me();
      if (!isOpen || mine?.as !== 'team' || !mine.mayBuzz) return;
      feel(80);
      announce(t('stage.me.pressNow'), true);
    },
  );
  watch(
    () => me()?.mayAnswer === true,
    (mayAnswer) => {
      if (!mayAnswer) return;
      feel([60, 60, 60]);
      announce(t('stage.me.answerNow'), true);
    },
  );
  watch(
    () => room.answerState.value?.state,
    (state) => {
      if (state === 'saved') feel(25);
      if (state === 'refused') feel([60, 60, 60]);
    },
  );
  watch(
    () => room.view.value?.scene.cue,
    (cue, before) => {
      if (cue && before !== undefined && cue.n !== before?.n) announce(cue.text);
    },
  );
  watch(
    () => room.connection.value,
    (connection, before) => {
      if (connection === 'lost' || (before === 'lost' && connection === 'live')) {
        announce(t(`live.connection.${connection}`));
      }
    },
  );
}
