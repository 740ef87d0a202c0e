import { Global, Module } from '@nestjs/common';
import type { ExecutionContext, ModuleMetadata } from '@nestjs/common';
import type { TestingModule } from '@nestjs/testing';
import { BankModule, ContentImport, QuestionSource, bankContent2017, bankEntities, fullAnswer } from '@xuekao/bank';
import type { AnswerContent } from '@xuekao/contracts';
import type { TestDatabase } from '@xuekao/database/testing';
import { isId, marks, newId } from '@xuekao/kernel';
import { Access, Refused, RequestAuthenticator, TokenVerifier, platformEntities, runAs } from '@xuekao/platform';
import type { Actor } from '@xuekao/platform';
import { GrantedAccess, platformTestingModule } from '@xuekao/platform/testing';
import type { AttemptView, Blueprint, ExamInput, RosterPerson } from '../src/index.js';
import { ExamJobsModule, ExamModule, ExamRosters, examEntities } from '../src/index.js';

export const minute = 60_000;
export const general = newId();
export const worldEntities = [...platformEntities, ...bankEntities, ...examEntities];

/** Two branches of a general branch; `setPeople` says who stands where. */
class PlacedRosters extends ExamRosters {
  people: RosterPerson[] = [];
  async dueIn(unitId: string): Promise<RosterPerson[]> {
    return unitId === general ? this.people : this.people.filter((person) => person.unitId === unitId);
  }
  async unitName(unitId: string): Promise<string> {
    return unitId === general ? '机关党总支' : unitId;
  }
  async unitsUnder(unitId: string): Promise<ReadonlySet<string>> {
    return new Set([unitId, ...(unitId === general ? this.people.flatMap((person) => person.unitId ?? []) : [])]);
  }
}

export const blueprint: Blueprint = {
  sections: [
    { name: '一、单选题', type: 'single', count: 6, marks: marks(5) },
    { name: '二、多选题', type: 'multiple', count: 4, marks: marks(10) },
    { name: '三、判断题', type: 'true-false', count: 4, marks: marks(5) },
    { name: '四、填空题', type: 'blank', count: 1, marks: marks(10) },
  ],
};

export interface World {
  readonly app: TestingModule;
  readonly access: GrantedAccess;
  readonly rosters: PlacedRosters;
  as<T>(name: string, work: () => Promise<T>): Promise<T>;
  exam(over?: Partial<ExamInput>): ExamInput;
  /** Right answers for the first `count` places of a paper. */
  rightAnswers(
    view: AttemptView,
    count?: number,
  ): Promise<{ number: number; content: AnswerContent; clientSeq: number }[]>;
}

export function person(memberId: string, unitId = 'branch-1', exemption: string | null = null): RosterPerson {
  return { memberId, staffNumber: `S-${memberId}`, name: `党员${memberId}`, unitId, unitName: unitId, exemption };
}

function actor(name: string): Actor {
  return { accountId: name, memberId: name, name, mustChangePassword: false };
}

/** Who sends a request says so in the header `x-member`. */
class HeaderAuthenticator extends RequestAuthenticator {
  async actorOf(context: ExecutionContext): Promise<Actor | null> {
    const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, string | undefined> }>();
    return headers['x-member'] ? actor(headers['x-member']) : null;
  }
}

/** For sockets, and for the short way of a save: the token is the member's id. */
class PlainTokens extends TokenVerifier {
  async verify(token: string): Promise<Actor> {
    if (!isId(token)) throw new Refused('auth.required');
    return actor(token);
  }
}

export async function examWorld(database: TestDatabase, more: ModuleMetadata['imports'] = []): Promise<World> {
  const access = new GrantedAccess();
  const rosters = new PlacedRosters();
  @Global()
  @Module({
    providers: [
      { provide: Access, useValue: access },
      { provide: ExamRosters, useValue: rosters },
      { provide: RequestAuthenticator, useClass: HeaderAuthenticator },
      { provide: TokenVerifier, useClass: PlainTokens },
    ],
    exports: [Access, ExamRosters, RequestAuthenticator, TokenVerifier],
  })
  class PortsModule {}
  const app = await platformTestingModule(database, {
    imports: [PortsModule, BankModule, ExamModule, ExamJobsModule, ...more],
  });
  for (const permission of ['exam.manage', 'exam.read', 'exam.import'] as const) access.grant(permission, general);
  await app.get(ContentImport).importContent(bankContent2017);
  return {
    app,
    access,
    rosters,
    as: (name, work) => runAs(actor(name), work),
    exam: (over = {}) => ({
      title: '党的十九大精神测试',
      unitId: general,
      level: 'own',
      opensAt: database.clock.now(),
      closesAt: database.clock.now() + 60 * minute,
      limitMinutes: 30,
      ...over,
    }),
    rightAnswers: async (view, count = Infinity) => {
      const places = view.attempt.layout.slice(0, count);
      const items = new Map(view.paper.items.map((item) => [item.number, item]));
      const keyed = await app.get(QuestionSource).withKeys(view.paper.items.map((item) => item.versionId));
      return places.map(({ number }, index) => ({
        number: index + 1,
        clientSeq: 1,
        content: fullAnswer(keyed.get(items.get(number)!.versionId)!.key),
      }));
    },
  };
}
