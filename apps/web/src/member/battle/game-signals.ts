import { watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { announce } from '../../app/live-region.js';
import { markedOptions, verdictOfGame } from './game-words.js';
import type { Game } from './use-game.js';

/** Browsers forbid it on a page that nobody has touched yet, as after a reload, and complain. */
function buzz(pattern: number | number[]): void {
  if (navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.(pattern);
}

/** What a phone feels and a screen reader says when the game moves on; no sound is needed. */
export function useGameSignals(game: Game): void {
  const { t } = useI18n();
  watch(
    () => game.time.value?.stage,
    (stage, before) => {
      if (stage !== 'open' || before !== 'reading') return;
      buzz(60);
      announce(t('live.question.opened', { number: (game.question.value?.index ?? 0) + 1 }));
    },
  );
  watch(
    () => game.answerState.value?.state,
    (state) => {
      if (state === 'saved') buzz(25);
      if (state === 'refused') buzz([60, 60, 60]);
    },
  );
  watch(
    () => game.view.value?.reveal?.question,
    (revealed) => {
      const view = game.view.value;
      const verdict = view && verdictOfGame(view);
      if (revealed === undefined || !view?.reveal || !view.question || !verdict) return;
      buzz(verdict === 'right' ? [30, 50, 30] : 30);
      const { options } = view.question;
      const right = markedOptions({
        options,
        optionOrder: view.me?.optionOrder ?? null,
        key: view.reveal.key,
        choice: null,
      });
      const key = right.flatMap(({ text, isRight }) => (isRight ? [text] : [])).join('，');
      announce(t('battle.reveal.spoken', { verdict: t(`live.result.${verdict}`), key }));
    },
  );
  watch(
    () => game.connection.value,
    (connection, before) => {
      if (connection === 'lost' || (before === 'lost' && connection === 'live'))
        announce(t(`live.connection.${connection}`));
    },
  );
}
