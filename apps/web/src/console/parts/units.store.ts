import type { Permission, Tree } from '@xuekao/contracts';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import { get } from '../../api/http.js';
import { useAuth } from '../../auth/auth.store.js';
import { type Unit, unitForest } from './units.js';

/** Permissions with which the list of units may be read, the widest first. */
const readable: readonly Permission[] = ['org.read', 'session.manage', 'exam.manage', 'live.host'];

/** The units that the person may see, both trees; loaded once and after each change. */
export const useUnits = defineStore('units', () => {
  const auth = useAuth();
  const units = shallowRef<readonly Unit[]>([]);
  const isLoaded = ref(false);
  let loading: Promise<void> | undefined;

  async function fetchUnits(): Promise<void> {
    const permission = readable.find(auth.may);
    units.value = permission ? (await get<{ items: Unit[] }>('/units', { query: { permission } })).items : [];
    isLoaded.value = true;
  }

  /** Loads again; `ready` loads once. */
  function reload(): Promise<void> {
    loading = fetchUnits().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  }
  watch(
    () => auth.me?.accountId,
    () => {
      loading = undefined;
      units.value = [];
    },
  );
  const ready = (): Promise<void> => loading ?? reload();

  const byId = computed(() => new Map(units.value.map((unit) => [unit.id, unit])));
  const forest = (tree?: Tree) => unitForest(units.value.filter((unit) => !tree || unit.tree === tree));
  const nameOf = (id: string | null | undefined): string => {
    const unit = id ? byId.value.get(id) : undefined;
    return unit ? unit.shortName || unit.name : '';
  };
  return { units, isLoaded, byId, ready, reload, forest, nameOf };
});
