import { Injectable, Optional } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { AnswerContent } from '@xuekao/contracts';
import { TokenVerifier } from '@xuekao/platform';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AttemptSaving } from './attempt-saving.js';
import { PlaceWatch } from './invigilation/place-watch.js';
import { writerPattern } from './taking.dto.js';
import { savedOneDto } from './taking.presenter.js';

const route = '/api/v1/attempts/:id/answers/:number';

/** Texts that the clean-up of the input would change or refuse. */
// oxlint-disable-next-line no-control-regex
const needsCare = /^\s+$|[\u0000-\u0008\u000e-\u001f\u007f\ufffe\uffff]|\p{Surrogate}/u;

interface PlainSave {
  readonly writer: string;
  readonly clientSeq: number;
  readonly content: AnswerContent;
}

/**
 * The short way of the one hot route: a save in perfect order is taken here, with the same token, owner and attempt checks.
 * Whatever is not plain in every respect, and every refusal, goes on to `TakingController.saveOne`, so that there is one
 * place that says no.
 */
@Injectable()
export class SaveLane implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly saving: AttemptSaving,
    private readonly places: PlaceWatch,
    @Optional() private readonly tokens?: TokenVerifier,
  ) {}

  onModuleInit(): void {
    const adapter = this.host.httpAdapter;
    if (!this.tokens || adapter?.getType() !== 'fastify') return;
    adapter.getInstance<FastifyInstance>().addHook('preHandler', (request, reply, done) => {
      if (request.method !== 'PUT' || request.routeOptions.url !== route) return done();
      this.answerTo(request).then(
        (text) => void reply.header('content-type', 'application/json; charset=utf-8').send(text),
        () => done(),
      );
    });
  }

  /** Rejects, for whatever reason, where the long way has to answer. */
  private async answerTo(request: FastifyRequest): Promise<string> {
    const { id, number } = request.params as { readonly id: string; readonly number: string };
    const { authorization = '' } = request.headers;
    const save = plainSaveOf(request.body);
    if (!save || !authorization.startsWith('Bearer ') || !/^[1-9]\d{0,2}$/.test(number)) throw notPlain;
    const { memberId } = await this.tokens!.verify(authorization.slice('Bearer '.length));
    if (memberId === null) throw notPlain;
    const { writer, clientSeq, content } = save;
    const answers = [{ number: Number(number), clientSeq, content }];
    const text = JSON.stringify(savedOneDto(await this.saving.save(memberId, id, writer, answers)));
    await this.places.seen(memberId, id, request);
    return text;
  }
}

/** Made once: a stack trace per request would cost more than the request. */
const notPlain = new Error('not plain');

/** As the DTO of the route has it, with nothing besides; undefined where it is not so. */
export function plainSaveOf(body: unknown): PlainSave | undefined {
  if (!hasOnly(body, ['writer', 'clientSeq', 'content'])) return undefined;
  const { writer, clientSeq, content } = body;
  if (typeof writer !== 'string' || !writerPattern.test(writer)) return undefined;
  if (!Number.isInteger(clientSeq) || (clientSeq as number) < 0 || (clientSeq as number) > 2_000_000_000) {
    return undefined;
  }
  const plain = plainContentOf(content);
  return plain && { writer, clientSeq: clientSeq as number, content: plain };
}

function plainContentOf(content: unknown): AnswerContent | undefined {
  if (hasOnly(content, ['kind', 'optionIds'])) {
    const { kind, optionIds } = content;
    return kind === 'choice' && areTexts(optionIds, 16) ? { kind, optionIds } : undefined;
  }
  if (hasOnly(content, ['kind', 'texts'])) {
    const { kind, texts } = content;
    return kind === 'blank' && areTexts(texts, 500) ? { kind, texts } : undefined;
  }
  return undefined;
}

function hasOnly<K extends string>(value: unknown, keys: readonly K[]): value is Record<K, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.keys(value).length === keys.length && keys.every((key) => Object.hasOwn(value, key));
}

function areTexts(value: unknown, longest: number): value is string[] {
  if (!Array.isArray(value) || value.length > 20) return false;
  return value.every((text) => typeof text === 'string' && text.length <= longest && !needsCare.test(text));
}
