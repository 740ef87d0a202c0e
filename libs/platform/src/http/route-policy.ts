import { SetMetadata } from '@nestjs/common';
import type { Permission } from '@xuekao/contracts';

export const routePolicyKey = 'xuekao:route-policy';

/** Who may call a route. Every route declares one; the boot stops at a route without. */
export type RoutePolicy =
  | { readonly kind: 'public' }
  | { readonly kind: 'signed-in'; readonly beforePasswordChange: boolean }
  | { readonly kind: 'member' }
  | { readonly kind: 'permission'; readonly anyOf: readonly Permission[] };

const policy = (value: RoutePolicy): MethodDecorator & ClassDecorator => SetMetadata(routePolicyKey, value);

/** Anybody, signed in or not. */
export const Public = (): MethodDecorator & ClassDecorator => policy({ kind: 'public' });
/** Any signed-in account, for its own matters. */
export const PermitSignedIn = (
  options: { readonly beforePasswordChange?: boolean } = {},
): MethodDecorator & ClassDecorator =>
  policy({ kind: 'signed-in', beforePasswordChange: options.beforePasswordChange ?? false });
/** Any signed-in member, for his own data. */
export const PermitMember = (): MethodDecorator & ClassDecorator => policy({ kind: 'member' });
/** Whoever holds one of the permissions somewhere; the service checks the loaded subject's unit. */
export const Permit = (...anyOf: [Permission, ...Permission[]]): MethodDecorator & ClassDecorator =>
  policy({ kind: 'permission', anyOf });
