import { isPermission, type Permission } from '@xuekao/contracts';
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import * as api from '../api/auth.js';
import { isOfflineError } from '../api/problem.js';
import { serverNow } from '../app/server-clock.js';
import { refreshOutcome, takeAccess, whenAccessRefused } from './access.js';

const remembered = 'xuekao.me';

/** Names and permissions of the last sign-in on this device, so that the handbook opens without a network. Holds no token. */
function recall(): api.Me | null {
  try {
    return JSON.parse(localStorage.getItem(remembered) ?? 'null') as api.Me | null;
  } catch {
    return null;
  }
}

export const useAuth = defineStore('auth', () => {
  const me = ref<api.Me | null>(null);
  const isOfflineCopy = ref(false);
  let started: Promise<void> | undefined;

  const isSignedIn = computed(() => me.value !== null);
  const mustChangePassword = computed(() => me.value?.mustChangePassword ?? false);
  const held = computed(() => new Set<string>(me.value?.permissions ?? []));

  function forget(): void {
    me.value = null;
    isOfflineCopy.value = false;
    takeAccess(null);
    localStorage.removeItem(remembered);
  }
  whenAccessRefused(forget);

  async function loadMe(): Promise<void> {
    me.value = await api.loadMe();
    isOfflineCopy.value = false;
    localStorage.setItem(remembered, JSON.stringify(me.value));
  }

  async function restore(): Promise<void> {
    const outcome = await refreshOutcome();
    if (outcome === 'refused') return forget();
    if (outcome === 'granted') {
      try {
        return await loadMe();
      } catch (error) {
        if (!isOfflineError(error)) throw error;
      }
    }
    me.value = recall();
    isOfflineCopy.value = me.value !== null;
  }

  /** Resolves once it is known who sits here; asks the server the first time, and again when the network comes back. */
  function ready(): Promise<void> {
    started ??= restore();
    return started;
  }
  window.addEventListener('online', () => {
    if (isOfflineCopy.value) started = restore();
  });

  async function signIn(login: string, password: string): Promise<void> {
    const grant = await api.signIn(login, password);
    takeAccess(grant, grant.accessExpiresAt - serverNow());
    await loadMe();
  }

  async function signOut(): Promise<void> {
    try {
      await api.signOut();
    } finally {
      forget();
    }
  }

  /** Names of the units that are the person's own; members may not read the whole tree. */
  function unitName(id: string): string | undefined {
    const own = [me.value?.partyUnit, me.value?.departmentUnit].find((unit) => unit?.id === id);
    return own?.name ?? me.value?.roles.find(({ unitId }) => unitId === id)?.unitName;
  }

  const may = (permission: Permission): boolean => isPermission(permission) && held.value.has(permission);
  const mayAny = (permissions: readonly Permission[]): boolean => permissions.some(may);

  return {
    me,
    isSignedIn,
    isOfflineCopy,
    mustChangePassword,
    ready,
    loadMe,
    signIn,
    signOut,
    forget,
    unitName,
    may,
    mayAny,
  };
});
