import { AsyncLocalStorage } from 'node:async_hooks';
import { newId } from '@xuekao/kernel';
import { Refused } from './refused.js';

/** Who acts. `memberId` is null for accounts without a member, such as the three administrators. */
export interface Actor {
  readonly accountId: string;
  readonly memberId: string | null;
  readonly name: string;
  readonly mustChangePassword: boolean;
  /** The sign-in session he acts in; absent where nobody signed in, as in jobs. */
  readonly sessionId?: string;
}

interface RequestContext {
  readonly requestId: string;
  actor: Actor | null;
}

const storage = new AsyncLocalStorage<RequestContext>();

export function runInRequest<T>(requestId: string, work: () => T): T {
  return storage.run({ requestId, actor: null }, work);
}

/** Fills the actor of the running request. */
export function setActor(actor: Actor | null): void {
  const context = storage.getStore();
  if (!context) throw new Error('No request is running');
  context.actor = actor;
}

/** Runs `work` as `actor`: sockets, jobs and the demo bureau act this way. */
export function runAs<T>(actor: Actor | null, work: () => T, requestId: string = newId()): T {
  return storage.run({ requestId, actor }, work);
}

export function currentActorOrNull(): Actor | null {
  return storage.getStore()?.actor ?? null;
}

/** Refuses 'auth.required' where nobody is signed in. */
export function currentActor(): Actor {
  const actor = currentActorOrNull();
  if (!actor) throw new Refused('auth.required');
  return actor;
}

export function currentRequestId(): string | null {
  return storage.getStore()?.requestId ?? null;
}
