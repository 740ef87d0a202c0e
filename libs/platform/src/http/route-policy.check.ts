import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { isPermission } from '@xuekao/contracts';
import { routePolicyKey } from './route-policy.js';
import type { RoutePolicy } from './route-policy.js';

/** Stops the boot at a route without a policy, or with a permission that does not exist. */
@Injectable()
export class RoutePolicyCheck implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    const faults = this.routes()
      .filter(({ policy }) => !policy || (policy.kind === 'permission' && !policy.anyOf.every(isPermission)))
      .map(({ name }) => name);
    if (faults.length > 0) throw new Error(`Routes without a valid permission: ${faults.join(', ')}`);
  }

  /** Every HTTP route with its policy, as `Controller.method`. */
  routes(): { name: string; policy: RoutePolicy | undefined }[] {
    return this.discovery.getControllers().flatMap((wrapper) => {
      const instance = wrapper.instance as object | undefined;
      const type = wrapper.metatype as (new (...given: never[]) => object) | null;
      if (!instance || !type) return [];
      const prototype = Object.getPrototypeOf(instance) as Record<string, unknown>;
      return this.scanner
        .getAllMethodNames(prototype)
        .filter((method) => Reflect.hasMetadata('path', prototype[method] as object))
        .map((method) => ({
          name: `${type.name}.${method}`,
          policy: this.reflector.getAllAndOverride<RoutePolicy | undefined>(routePolicyKey, [
            prototype[method] as () => unknown,
            type,
          ]),
        }));
    });
  }
}
