import { ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { announce } from '../../../app/live-region.js';
import { confirmAct } from '../../../shared/confirm.js';
import { useSubmit } from '../../../shared/form.js';
import {
  clearOwnRehearsal,
  clearRehearsals,
  type Contest,
  loadRehearsals,
  rehearse,
  type RehearsalSubject,
} from '../live.api.js';

/** Making rehearsals, and clearing them after a question that names what goes. `cleared` is called when something went. */
export function useRehearsals(cleared: () => Promise<void>) {
  const { t } = useI18n();
  const router = useRouter();
  /** What came of the last clearing. */
  const note = ref('');
  let act: () => Promise<void> = async () => undefined;
  const submit = useSubmit(() => act());
  const run = (work: () => Promise<void>): Promise<void> => {
    act = work;
    note.value = '';
    return submit.submit();
  };

  function tell(text: string): void {
    note.value = text;
    announce(text);
  }

  const agrees = (detail: string): Promise<boolean> => {
    const title = t('desk.live.rehearsals.clear');
    return confirmAct({ title, confirm: title, detail, isDestructive: true });
  };

  async function clear(name: string, subject: RehearsalSubject): Promise<void> {
    const { rooms, answers } = await loadRehearsals(subject);
    if (rooms === 0) return tell(t('desk.live.rehearsals.none', { name }));
    if (!(await agrees(t('desk.live.rehearsals.clearDetail', { name, rooms, answers })))) return;
    const { cleared: count } = await clearRehearsals(subject);
    tell(t('desk.live.rehearsals.cleared', { count }));
    await cleared();
  }

  async function clearOne({ id, title }: Contest): Promise<void> {
    if (!(await agrees(t('desk.live.rehearsals.clearOne', { title })))) return;
    const { cleared: count } = await clearOwnRehearsal(id);
    tell(t('desk.live.rehearsals.cleared', { count }));
    await cleared();
  }

  return {
    note,
    isBusy: submit.isBusy,
    problem: submit.problem,
    create: ({ id }: Contest) =>
      run(async () => void (await router.push(`/console/contests/${(await rehearse(id)).id}`))),
    clearOf: ({ id, title }: Contest) => run(() => clear(`“${title}”`, { contestId: id })),
    clearIn: (unit: { readonly id: string; readonly name: string }) =>
      run(() => clear(t('desk.live.rehearsals.withBelow', { name: unit.name }), { unitId: unit.id })),
    clearOne: (contest: Contest) => run(() => clearOne(contest)),
  };
}
