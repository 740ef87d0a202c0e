import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { useAuth } from '../auth/auth.store.js';

export interface UnitChoice {
  readonly id: string;
  readonly name: string;
}

const key = 'xuekao.unit';

/** The unit in whose name the person works now: one of those in which he holds a role. */
export const useUnit = defineStore('unit', () => {
  const auth = useAuth();
  const wanted = ref(localStorage.getItem(key));
  const units = computed<UnitChoice[]>(() => {
    const byId = new Map(
      (auth.me?.roles ?? []).map(({ unitId, unitName }) => [unitId, { id: unitId, name: unitName }]),
    );
    return [...byId.values()];
  });
  const current = computed(() => units.value.find(({ id }) => id === wanted.value) ?? units.value[0] ?? null);

  function choose(id: string): void {
    wanted.value = id;
    localStorage.setItem(key, id);
  }

  return { units, current, choose };
});
