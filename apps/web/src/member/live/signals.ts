import { watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { formatPoints, hundredths } from '@xuekao/kernel';
import { announce } from '../../app/live-region.js';
import type { Room } from '../../live-client/use-room.js';
import { verdictOf } from './verdict.js';

const buzz = (pattern: number | number[]): void => void globalThis.navigator.vibrate?.(pattern);

/** What a phone feels and a screen reader says when the room moves; no sound is needed. */
export function useSignals(room: Room): void {
  const { t } = useI18n();

  watch(
    () => room.time.value?.stage,
    (stage, before) => {
      if (stage !== 'open' || before !== 'reading') return;
      buzz(60);
      announce(t('live.question.opened', { number: (room.question.value?.index ?? 0) + 1 }));
    },
  );
  watch(
    () => room.question.value,
    (question, before) => {
      if (!question || question.index === before?.index) return;
      announce(t('live.question.shown', { number: question.index + 1, stem: question.stem }));
    },
  );
  watch(
    () => room.view.value?.me?.timePercent,
    (percent, before) => {
      if (percent !== undefined && before !== undefined) announce(t('live.lobby.longer', { percent }));
    },
  );
  watch(
    () => room.answerState.value?.state,
    (state) => {
      if (state === 'saved') buzz(25);
      if (state === 'refused') buzz([60, 60, 60]);
    },
  );
  watch(
    () => room.view.value?.phase,
    (phase) => {
      if (phase === 'locked') announce(t('live.locked'));
      if (phase === 'podium') announce(t('live.podium.title'));
    },
  );
  watch(
    () => (room.view.value?.phase === 'revealed' ? verdictOf(room.view.value) : null),
    (verdict) => {
      const result = room.view.value?.me?.result;
      if (!verdict || verdict === 'waiting' || verdict === 'joinNext' || !result) return;
      buzz(verdict === 'right' ? [30, 50, 30] : 30);
      const gained = t('live.result.gained', { points: formatPoints(hundredths(result.gained)) });
      const spoken = t('live.result.spoken', { verdict: t(`live.result.${verdict}`), gained, place: result.place });
      const streak = result.correct && result.streak > 1 ? t('live.result.streak', { count: result.streak }) : '';
      announce([spoken, streak].filter(Boolean).join('，'));
    },
  );
  watch(
    () => room.connection.value,
    (connection, before) => {
      if (connection === 'lost' || (before === 'lost' && connection === 'live'))
        announce(t(`live.connection.${connection}`));
    },
  );
}
