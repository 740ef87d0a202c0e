import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Reflector } from '@nestjs/core';
import { firstValueFrom, from, Observable } from 'rxjs';
import { insertIgnore, UnitOfWork } from '@xuekao/database';
import { AppClock } from '../clock.js';
import { currentActorOrNull } from '../context.js';
import { Refused } from '../refused.js';
import { secretResponseKey } from './secret-response.js';
import { IdempotencyKeyRow } from './idempotency.entity.js';

/** A first request that has not ended after this is taken for dead, and its key may be used again. */
const abandonedMs = 60_000;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A POST with an `Idempotency-Key` that was answered before gets the same answer again, and does nothing. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: AppClock,
    private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    if (this.reflector.get<boolean | undefined>(secretResponseKey, context.getHandler())) return next.handle();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = request.headers['idempotency-key'];
    const actor = currentActorOrNull();
    if (request.method !== 'POST' || typeof key !== 'string' || key === '' || !actor) return next.handle();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const id = { accountId: actor.accountId, keyHash: sha256(`${request.url}\n${key}`) };
    return from(this.once(id, sha256(JSON.stringify(request.body ?? null)), reply, next));
  }

  private async once(
    id: { accountId: string; keyHash: string },
    requestHash: string,
    reply: FastifyReply,
    next: CallHandler,
  ): Promise<unknown> {
    const stored = await this.reserve(id, requestHash);
    if (stored) {
      void reply.status(stored.status).header('idempotency-replayed', 'true');
      return stored.response;
    }
    try {
      const response: unknown = await firstValueFrom(next.handle(), { defaultValue: undefined });
      await this.change((query) =>
        query
          .update(IdempotencyKeyRow)
          .set({ status: reply.statusCode, response: (response ?? null) as never })
          .where(id),
      );
      return response;
    } catch (error) {
      await this.change((query) => query.delete().from(IdempotencyKeyRow).where(id));
      throw error;
    }
  }

  /** The stored answer, or undefined where this request is the first and may go on. */
  private reserve(
    id: { accountId: string; keyHash: string },
    requestHash: string,
  ): Promise<IdempotencyKeyRow | undefined> {
    const now = this.clock.now();
    return this.uow.run(async () => {
      const row = { ...id, requestHash, status: 0, response: null, createdAt: now };
      if ((await insertIgnore(this.uow, IdempotencyKeyRow, row)) === 1) return undefined;
      const stored = await this.uow.manager.findOneByOrFail(IdempotencyKeyRow, id);
      if (stored.requestHash !== requestHash) throw new Refused('request.idempotency-mismatch');
      if (stored.status !== 0) return stored;
      if (stored.createdAt > now - abandonedMs) throw new Refused('request.in-progress');
      await this.uow.manager.update(IdempotencyKeyRow, id, { createdAt: now });
      return undefined;
    });
  }

  private change(
    build: (query: ReturnType<UnitOfWork['manager']['createQueryBuilder']>) => { execute(): Promise<unknown> },
  ): Promise<unknown> {
    return this.uow.run(() => build(this.uow.manager.createQueryBuilder()).execute());
  }
}
