import { Inject, Optional } from '@nestjs/common';
import type { Namespace } from 'socket.io';
import { Access } from '../access.js';
import { AppClock } from '../clock.js';
import { SessionEndings } from '../session-endings.js';
import { closeEnded } from './close-ended.js';
import { takeMessages } from './gateway-messages.js';
import { MessagePath } from './message-path.js';

interface Guarded {
  guardedAccess: Access;
  guardedClock: AppClock;
  guardedEndings?: SessionEndings;
  afterInit?(namespace: Namespace): void;
}

/**
 * What every gateway of the product wears: its messages come by the guarded path and by no other. Nest's own pipeline of
 * guards, interceptors, pipes and filters cost five times an answer's work; see docs/adr. A spec sends every message without
 * identity, without right and with a broken body to each gateway.
 */
export const GuardedGateway = (): ClassDecorator => (gateway) => {
  const messages = takeMessages(gateway as unknown as { readonly name: string; readonly prototype: object });
  const prototype = (gateway as unknown as { readonly prototype: Guarded }).prototype;
  Inject(Access)(prototype, 'guardedAccess');
  Inject(AppClock)(prototype, 'guardedClock');
  Inject(SessionEndings)(prototype, 'guardedEndings');
  Optional()(prototype, 'guardedEndings');
  const { afterInit } = prototype;
  prototype.afterInit = function serve(this: Guarded, namespace: Namespace): void {
    afterInit?.call(this, namespace);
    new MessagePath(this, messages, this.guardedAccess, this.guardedClock).serve(namespace);
    this.guardedEndings?.onEnded((sessionIds) => closeEnded(namespace, sessionIds));
  };
};
