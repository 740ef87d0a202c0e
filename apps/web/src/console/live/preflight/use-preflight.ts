import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRoute, useRouter } from 'vue-router';
import { announce } from '../../../app/live-region.js';
import { confirmAct } from '../../../shared/confirm.js';
import { useSubmit } from '../../../shared/form.js';
import { useLoad } from '../../../shared/load.js';
import { isUnderWay, loadPreflight, loadPreflights, type Preflight, startPreflight } from './preflight.api.js';

const askEveryMs = 1_000;

/** The pre-flight that the address names, otherwise the newest; asked again every second while it is under way. */
export function usePreflight() {
  const { t } = useI18n();
  const route = useRoute();
  const router = useRouter();
  const page = useLoad(loadPreflights);
  const told = shallowRef<Preflight | null>(null);
  const runs = computed(() =>
    (page.data.value?.items ?? []).map((run) => (run.id === told.value?.id ? told.value : run)),
  );
  const shown = computed(() => runs.value.find(({ id }) => id === route.query.run) ?? runs.value[0] ?? null);
  const underWay = computed(() => runs.value.find(isUnderWay) ?? null);

  const phones = ref(300);
  const isForced = ref(false);
  const starting = useSubmit(async () => {
    try {
      const { id } = await startPreflight(phones.value, isForced.value);
      await router.push(`/console/contests/preflight?run=${id}`);
    } finally {
      isForced.value = false;
      // Also after a refusal because of another one: that one is shown then.
      await page.reload();
    }
  });
  const rooms = computed(() => {
    const problem = starting.problem.value;
    return problem?.code === 'live.preflight.rooms-in-use' ? Number(problem.facts?.rooms ?? 0) : 0;
  });

  async function force(): Promise<void> {
    const title = t('desk.live.preflight.force');
    const detail = t('desk.live.preflight.forceDetail', { rooms: rooms.value });
    if (!(await confirmAct({ title, confirm: title, detail, isDestructive: true }))) return;
    isForced.value = true;
    await starting.submit();
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  async function follow(id: string): Promise<void> {
    told.value = await loadPreflight(id).catch(() => told.value);
    if (underWay.value) timer = setTimeout(() => void follow(id), askEveryMs);
    else if (told.value?.verdict) announce(told.value.verdict.sentences[0] ?? '');
  }
  watch(
    () => underWay.value?.id,
    (id) => {
      clearTimeout(timer);
      if (id) timer = setTimeout(() => void follow(id), askEveryMs);
    },
  );
  onScopeDispose(() => clearTimeout(timer));

  return { page, runs, shown, underWay, phones, starting, rooms, force };
}
