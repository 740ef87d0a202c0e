import type { StageHelpKind, StageHostAct, StageStaff, StageView } from '@xuekao/contracts';
import type { ComputedRef, Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { nameOf, pointsText } from '../../../live-client/stage-words.js';
import { confirmAct } from '../../../shared/confirm.js';
import type { ReasonQuestion, useReasons } from './reasons.js';

interface Desk {
  readonly view: ComputedRef<StageView | null> | Ref<StageView | null>;
  readonly staff: ComputedRef<StageStaff | null>;
  /** Changes of points want a second person. */
  readonly needsTwo: Ref<boolean>;
  readonly ask: ReturnType<typeof useReasons>['ask'];
  act(given: StageHostAct, expect?: number): Promise<boolean>;
}

/**
 * Acts that take something back or cost points: each says what it does and asks why. While the dialog is open the contest goes
 * on; what was asked about and is no longer so goes with the step of then, and is refused.
 */
export function useGraveActs({ view, staff, needsTwo, ask, act }: Desk) {
  const { t } = useI18n();
  const stepNow = (): number => view.value?.scene.step ?? 0;
  const words = (...keys: string[]): string[] => keys.map((key) => t(`desk.stage.why.${key}`));
  const second = (key: string): Pick<ReasonQuestion, 'note'> => (needsTwo.value ? { note: t(key) } : {});

  async function undo(): Promise<void> {
    const what = staff.value?.undo;
    if (!what) return;
    const step = stepNow();
    const title = t('desk.stage.undo');
    const given = await ask({
      title,
      confirm: title,
      detail: t('desk.stage.undoDetail', { what }),
      usual: words('slip', 'misjudged', 'device', 'rule'),
      isUsual: true,
      ...second('desk.stage.undoSecond'),
    });
    if (given) await act({ type: 'undo', reason: given.reason }, staff.value?.undo === what ? undefined : step);
  }

  async function voidQuestion(): Promise<void> {
    const item = view.value?.scene.question?.item;
    const step = stepNow();
    const title = t('desk.stage.void');
    const given = await ask({
      title,
      confirm: title,
      detail: t('desk.stage.voidDetail'),
      usual: words('faulty', 'disputed', 'leaked', 'device'),
      ...second('desk.stage.voidSecond'),
    });
    const isSame = view.value?.scene.question?.item === item;
    if (given) await act({ type: 'void-question', reason: given.reason }, isSame ? undefined : step);
  }

  async function foul(team: number): Promise<void> {
    const scene = view.value?.scene;
    if (!scene) return;
    const points = staff.value?.foulPoints ?? 0;
    const cost = points === 0 ? t('desk.stage.foulFree') : t('desk.stage.foulCost', { points: pointsText(-points) });
    const title = t('desk.stage.foul');
    const isAnswering = scene.floor?.active.includes(team) ?? false;
    const given = await ask({
      title,
      confirm: title,
      detail: t(isAnswering ? 'desk.stage.foulAnswering' : 'desk.stage.foulDetail', {
        team: nameOf(scene, team),
        cost,
      }),
      usual: words('prompting', 'interrupting', 'searching', 'unruly'),
    });
    if (given) await act({ type: 'foul', team, reason: given.reason });
  }

  async function goRound(): Promise<void> {
    const rounds = view.value?.rounds ?? [];
    const may = staff.value?.may.rounds ?? [];
    if (may.length === 0) return;
    const step = stepNow();
    const nameAt = (round: number): string => rounds[round]?.title ?? '';
    const title = t('desk.stage.goRound');
    const given = await ask({
      title,
      confirm: title,
      detail: (round) => t('desk.stage.goRoundDetail', { round: nameAt(round) }),
      usual: words('replay', 'short', 'wrongRound', 'rule'),
      choose: {
        label: t('desk.stage.toRound'),
        of: may.map((round) => ({
          value: round,
          name: t('desk.stage.roundNamed', { number: round + 1, round: nameAt(round) }),
        })),
      },
    });
    if (given) await act({ type: 'go-round', round: given.choice, reason: given.reason }, step);
  }

  /** On a team's behalf; no reason is wanted, but it is gone then. */
  async function help(team: number, kind: StageHelpKind): Promise<void> {
    const scene = view.value?.scene;
    if (!scene) return;
    const title = t(`stage.me.help.${kind}`);
    const detail = t('desk.stage.helpDetail', { team: nameOf(scene, team), help: title });
    if (await confirmAct({ title, confirm: title, detail })) await act({ type: 'help', team, help: kind }, scene.step);
  }

  return { undo, voidQuestion, foul, goRound, help };
}
