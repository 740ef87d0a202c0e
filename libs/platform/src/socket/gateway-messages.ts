import type { Type } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { MESSAGE_MAPPING_METADATA, MESSAGE_METADATA } from '@nestjs/websockets/constants.js';
import { WsParamtype } from '@nestjs/websockets/enums/ws-paramtype.enum.js';
import { routePolicyKey } from '../http/route-policy.js';
import type { RoutePolicy } from '../http/route-policy.js';

/** What a handler's parameter is filled with. */
type Filling = 'socket' | 'body';

/** Reads a body at a glance: the value of the DTO, or undefined where the full validation must look. */
export type Glance = (body: unknown) => unknown;

/** One message of a gateway as its decorators declare it. */
export interface GatewayMessage {
  readonly name: string;
  readonly method: string;
  readonly policy: RoutePolicy;
  readonly fillings: readonly Filling[];
  /** Class that a body must agree with; absent where the handler takes none. */
  readonly bodyType: Type | undefined;
  readonly glance: Glance | undefined;
}

const glanceKey = 'xuekao:socket-glance';

/**
 * A hand-written reading of the body for a message that comes by the thousand. It may only accept what the DTO class accepts,
 * with the same outcome; everything else it leaves to the class. A property test compares the two.
 */
export function ReadAtAGlance(glance: Glance): MethodDecorator {
  return (_target, _key, descriptor) => {
    Reflect.defineMetadata(glanceKey, glance, descriptor.value as object);
  };
}

/**
 * Takes a gateway's messages out of Nest's own pipeline, so that there is one way to them only. Throws at a message without a
 * policy, and at a parameter that is neither socket nor body.
 */
export function takeMessages(gateway: { readonly name: string; readonly prototype: object }): GatewayMessage[] {
  const messages: GatewayMessage[] = [];
  for (const method of methodNames(gateway.prototype)) {
    const handler = (gateway.prototype as Record<string, object>)[method]!;
    const name = Reflect.getMetadata(MESSAGE_METADATA, handler) as string | undefined;
    if (name === undefined) continue;
    Reflect.deleteMetadata(MESSAGE_MAPPING_METADATA, handler);
    const policy = Reflect.getMetadata(routePolicyKey, handler) as RoutePolicy | undefined;
    if (!policy) throw new Error(`${gateway.name}.${method} does not say who may send ${name}`);
    const fillings = fillingsOf(gateway, method);
    const types = (Reflect.getMetadata('design:paramtypes', gateway.prototype, method) ?? []) as Type[];
    const bodyType = types[fillings.indexOf('body')];
    const glance = Reflect.getMetadata(glanceKey, handler) as Glance | undefined;
    messages.push({ name, method, policy, fillings, bodyType, glance });
  }
  return messages;
}

function methodNames(prototype: object): string[] {
  const names = new Set<string>();
  for (let at = prototype; at !== Object.prototype; at = Object.getPrototypeOf(at) as object) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      if (typeof value === 'function' && name !== 'constructor') names.add(name);
    }
  }
  return [...names];
}

interface Argument {
  readonly index: number;
  readonly data?: unknown;
  readonly pipes?: readonly unknown[];
}

/** Keys of Nest's metadata are `kind:index`. Without any decorator a handler takes socket and body, as in Nest. */
function fillingsOf(gateway: { readonly name: string; readonly prototype: object }, method: string): Filling[] {
  const owner = gateway as object;
  const given = Reflect.getMetadata(ROUTE_ARGS_METADATA, owner, method) as Record<string, Argument> | undefined;
  if (!given) return ['socket', 'body'];
  const fillings: Filling[] = [];
  for (const [key, { index, data, pipes }] of Object.entries(given)) {
    const kind = Number(key.split(':')[0]);
    const isPlain = data === undefined && (pipes ?? []).length === 0;
    if (!isPlain || (kind !== WsParamtype.SOCKET && kind !== WsParamtype.PAYLOAD)) {
      throw new Error(`${gateway.name}.${method} may take @ConnectedSocket() and @MessageBody() only`);
    }
    fillings[index] = kind === WsParamtype.SOCKET ? 'socket' : 'body';
  }
  return fillings;
}
