import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { Global, Module } from '@nestjs/common';
import type { DynamicModule, ExecutionContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { FastifyRequest } from 'fastify';
import type { Page, Permission, QuestionPicture } from '@xuekao/contracts';
import { DatabaseModule } from '@xuekao/database';
import {
  Access,
  EmbeddedAdaptersModule,
  parseConfig,
  platformEntities,
  PlatformHttpModule,
  PlatformModule,
  Refused,
  RequestAuthenticator,
  scopeOf,
  setUpHttp,
  TokenVerifier,
  currentActor,
} from '@xuekao/platform';
import type { Actor, Scope } from '@xuekao/platform';
import { EmbeddedRoomsModule, roomsEntities } from '@xuekao/rooms';
import {
  liveEntities,
  LiveHttpModule,
  LiveJudges,
  LiveMembers,
  LiveModule,
  LiveQuestionSource,
  LiveRealtimeModule,
} from '../../src/index.js';
import type { JudgeAccount, LiveMember, LivePicture, LiveQuestion, PoolQuestion } from '../../src/index.js';

export const hostUnit = '01910000-0000-7000-8000-000000000001';
/** Below hostUnit. */
export const branchUnit = '01910000-0000-7000-8000-000000000002';
const idOf = (kind: number, number: number): string =>
  `01910000-0000-7000-8${kind}00-${String(number).padStart(12, '0')}`;
export const memberId = (number: number): string => idOf(1, number);
export const versionId = (number: number): string => idOf(2, number);
const questionId = (number: number): string => idOf(6, number);

/** Tokens of the test server: `member:7` plays, `host:1` hosts in hostUnit and below it, `clerk:1` has an account without anything. */
function actorOf(token: string): Actor {
  const [kind, number] = token.split(':');
  if (!number || !['member', 'host', 'clerk'].includes(kind!)) throw new Refused('auth.required');
  const member = kind === 'clerk' ? null : memberId(Number(number) + (kind === 'host' ? 900_000 : 0));
  return {
    accountId: idOf(kind === 'host' ? 3 : 4, Number(number)),
    memberId: member,
    name: token,
    mustChangePassword: false,
  };
}

class TestTokens extends TokenVerifier {
  override async verify(token: string): Promise<Actor> {
    return actorOf(token);
  }
}

class TestAuthenticator extends RequestAuthenticator {
  override async actorOf(context: ExecutionContext): Promise<Actor | null> {
    const header = context.switchToHttp().getRequest<FastifyRequest>().headers.authorization;
    return header ? actorOf(header.replace('Bearer ', '')) : null;
  }
}

class TestAccess extends Access {
  override async scope(permission: Permission): Promise<Scope> {
    return scopeOf(permission === 'live.host' && currentActor().name.startsWith('host:') ? [hostUnit, branchUnit] : []);
  }
  override async require(permission: Permission, unitId: string): Promise<void> {
    if (!(await this.scope(permission)).includes(unitId)) throw new Refused('resource.not-found');
  }
  override async holds(permission: Permission): Promise<boolean> {
    return (await this.scope(permission)).unitIds.size > 0;
  }
}

/** Version ids from here on are questions of the other types; their keys and explanations can be found again in any frame. */
export const otherTypes = {
  multiple: 901,
  'true-false': 902,
  blank: 903,
  ordering: 904,
  matching: 905,
  'short-answer': 906,
  material: 907,
  pictures: 908,
} as const;

/** Every version id is a question, one that ends in 777 a draft; most have four options whose third is right. */
class TestQuestions extends LiveQuestionSource {
  override async load(versionIds: readonly string[]): Promise<ReadonlyMap<string, LiveQuestion>> {
    const known = versionIds.filter((id) => id.startsWith('01910000-0000-7000-8200'));
    return new Map(known.map((id): [string, LiveQuestion] => [id, questionOf(id)]));
  }
  override async publishedAmong(versionIds: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(versionIds.filter((id) => !id.endsWith('777')));
  }
  override async published(): Promise<readonly PoolQuestion[]> {
    const numbers = Array.from({ length: 200 }, (_, index) => index + 1);
    return numbers.map((n) => ({ questionId: questionId(n), versionId: versionId(n), difficulty: 1 + (n % 3) }));
  }
  override async picture(id: string): Promise<LivePicture | null> {
    return id === pictureOf('none').id ? null : { mediaType: 'image/png', content: Buffer.from(`PICTURE ${id}`) };
  }
  override blankMatches(accepted: readonly string[], given: string): boolean {
    return accepted.includes(given);
  }
}

const optionsOf = (names: readonly string[]): { id: string; text: string }[] =>
  names.map((id) => ({ id, text: `选项 ${id}` }));

/** A picture by its name; the one called none is not stored. */
export const pictureOf = (name: string): QuestionPicture => ({
  id: createHash('sha256').update(name).digest('hex'),
  alt: `图 ${name}`,
  width: 640,
  height: 480,
});

function questionOf(id: string): LiveQuestion {
  const stem = `题干 ${id}`;
  const explanation = `EXPLANATION ${id}`;
  const single: LiveQuestion = {
    versionId: id,
    body: { type: 'single', stem, options: optionsOf(['o1', 'o2', 'o3', 'o4']) },
    key: { kind: 'choice', optionIds: ['o3'] },
    explanation,
  };
  switch (Number(id.slice(-12))) {
    case otherTypes.multiple:
      return { ...single, body: { ...single.body, type: 'multiple', stem, options: optionsOf(['o1', 'o2', 'o3']) } };
    case otherTypes['true-false']:
      return { ...single, body: { type: 'true-false', stem, options: optionsOf(['o3', 'o4']) } };
    case otherTypes.blank:
      return { ...single, body: { type: 'blank', stem, blanks: 1 }, key: { kind: 'blank', accepted: [['SECRETKEY']] } };
    case otherTypes.ordering: {
      const body = { type: 'ordering', stem, options: optionsOf(['o1', 'o2', 'o3']) } as const;
      return { ...single, body, key: { kind: 'order', optionIds: ['o3', 'o1', 'o2'] } };
    }
    case otherTypes.matching: {
      const body = {
        type: 'matching',
        stem,
        lefts: optionsOf(['l1', 'l2']),
        rights: optionsOf(['r1', 'r2', 'r3']),
      } as const;
      const pairs = [
        { left: 'l1', right: 'r3' },
        { left: 'l2', right: 'r1' },
      ];
      return { ...single, body, key: { kind: 'pairs', pairs } };
    }
    case otherTypes.material: {
      const material = {
        id: 'm',
        versionId: 'mv',
        title: '材料一',
        text: '材料正文',
        pictures: [pictureOf('material')],
      };
      return { ...single, body: { ...single.body, type: 'single', material, options: optionsOf(['o1', 'o2', 'o3']) } };
    }
    case otherTypes.pictures: {
      const options = optionsOf(['o1', 'o2', 'o3']).map((option) => ({
        ...option,
        text: '',
        picture: pictureOf(option.id),
      }));
      const body = { type: 'single', stem, options, pictures: [pictureOf('stem'), pictureOf('none')] } as const;
      return { ...single, body };
    }
    case otherTypes['short-answer']:
      return {
        ...single,
        body: { type: 'short-answer', stem, maxLength: 200 },
        key: { kind: 'text', reference: '', rubric: [] },
      };
    default:
      return single;
  }
}

class TestMembers extends LiveMembers {
  override async playerOf(id: string): Promise<LiveMember | null> {
    const number = Number(id.slice(-12));
    if (number >= 900_000) return null;
    const branch = number % 3;
    return { memberId: id, name: `党员${number}`, unitId: idOf(5, branch), unitName: `第${branch}支部`, unitRoll: 50 };
  }
  override async unitsBelow(unitId: string): Promise<ReadonlySet<string>> {
    return new Set(unitId === hostUnit ? [hostUnit, branchUnit] : [unitId]);
  }
}

/** The accounts of members 1 to 9 may be judges. */
class TestJudges extends LiveJudges {
  private readonly all = [...Array(9).keys()].map((index): JudgeAccount => {
    return { accountId: idOf(4, index + 1), name: `党员${index + 1}`, unitName: '第一支部' };
  });
  override async list(): Promise<Page<JudgeAccount>> {
    return { items: this.all, nextCursor: null, total: this.all.length };
  }
  override async unknownOf(accountIds: readonly string[]): Promise<readonly string[]> {
    return accountIds.filter((id) => !this.all.some(({ accountId }) => accountId === id));
  }
}

const ports = [
  { provide: TokenVerifier, useClass: TestTokens },
  { provide: RequestAuthenticator, useClass: TestAuthenticator },
  { provide: Access, useClass: TestAccess },
  { provide: LiveQuestionSource, useClass: TestQuestions },
  { provide: LiveMembers, useClass: TestMembers },
  { provide: LiveJudges, useClass: TestJudges },
];
@Global()
@Module({ providers: ports, exports: ports.map((port) => port.provide) })
class TestPortsModule {}

export const testEntities = [...platformEntities, ...roomsEntities, ...liveEntities];

export interface TestServerOptions {
  readonly file?: string | undefined;
  readonly url?: string | undefined;
  readonly port?: number;
  /** Modules that stand in for the embedded room adapters. */
  readonly roomAdapters?: DynamicModule;
}

/** Live as the apps serve it, with ports that need no other lib. */
export async function startTestServer(options: TestServerOptions): Promise<NestFastifyApplication> {
  const secret = 'a secret for tests, of more than 32 characters';
  const config = parseConfig({ XUEKAO_SECRET: secret, XUEKAO_LOG_LEVEL: 'silent' }, () => secret);
  @Module({
    imports: [
      PlatformModule.forRoot({ config }),
      DatabaseModule.forRootAsync({
        useFactory: () => ({ url: options.url, file: options.file, entities: testEntities }),
      }),
      EmbeddedAdaptersModule,
      PlatformHttpModule,
      TestPortsModule,
      options.roomAdapters ?? EmbeddedRoomsModule,
      LiveModule,
      LiveHttpModule,
      LiveRealtimeModule,
    ],
  })
  class TestServerModule {}
  const app = await NestFactory.create<NestFastifyApplication>(
    TestServerModule,
    new FastifyAdapter({ forceCloseConnections: true }),
    { logger: ['fatal', 'error'], abortOnError: false },
  );
  setUpHttp(app);
  app.useWebSocketAdapter(new IoAdapter(app));
  await app.listen(options.port ?? 0, '127.0.0.1');
  return app;
}

export function portOf(app: NestFastifyApplication): number {
  return (app.getHttpServer().address() as { port: number }).port;
}
