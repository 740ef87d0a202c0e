import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { UnitOfWork } from '@xuekao/database';
import type { TestDatabase } from '@xuekao/database/testing';
import type { MembershipType, RoleName } from '@xuekao/contracts';
import { MemberService, orgEntities, OrgHttpModule, OrgModule, RoleService, UnitService } from '@xuekao/org';
import { platformEntities, PlatformHttpModule, runAs, setUpHttp } from '@xuekao/platform';
import { platformTestingModule } from '@xuekao/platform/testing';
import {
  AccountService,
  authEntities,
  AuthHttpModule,
  AuthJobsModule,
  AuthModule,
  SetupService,
} from '../src/index.js';

export const entities = [...platformEntities, ...orgEntities, ...authEntities];
export const administrator = { name: '系统员', staffNumber: 'SYS-1', loginName: 'admin', password: 'Chang-an Jie 17' };
export const memberPassword = 'Xue-Xi 2017!';

const cookieOf = (header: string | string[] | number | undefined): string | undefined =>
  [header]
    .flat()
    .map(String)
    .find((line) => line.startsWith('xuekao_refresh='));

export interface Answer {
  readonly status: number;
  readonly body: Record<string, never> & { code?: string; accessToken?: string; items?: never[] };
  readonly setCookie: string | undefined;
  /** `name=value` to send back. */
  readonly cookie: string | undefined;
}

/** The HTTP app over a test database, founded, with one branch. */
export class TestHttp {
  unitId = '';
  bureauId = '';
  branchId = '';

  private constructor(readonly app: NestFastifyApplication) {}

  static async open(
    database: TestDatabase,
    beforeInit: (app: NestFastifyApplication) => void = () => undefined,
  ): Promise<TestHttp> {
    const module = await platformTestingModule(database, {
      imports: [OrgModule, AuthModule, PlatformHttpModule, OrgHttpModule, AuthHttpModule, AuthJobsModule],
    });
    const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    await app.register(cookie as never);
    await app.register(multipart as never);
    setUpHttp(app);
    beforeInit(app);
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    return new TestHttp(app);
  }

  async found(): Promise<void> {
    await this.app.get(SetupService).createFirstAdministrator(administrator, {
      bureauName: '示例局',
      partyName: '示例局党组',
      partyKind: 'party-group',
    });
    const units = [...(await this.app.get(UnitService).directory()).values()];
    this.unitId = units.find((unit) => unit.tree === 'party')!.id;
    this.bureauId = units.find((unit) => unit.tree === 'department')!.id;
    this.branchId = await this.run(async () => {
      const unit = await this.app.get(UnitService).found({ kind: 'branch', parentId: this.unitId, name: '第一党支部' });
      return unit.id;
    });
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    return runAs(null, () => this.app.get(UnitOfWork).run(work));
  }

  async member(staffNumber: string, name = `党员${staffNumber}`, type: MembershipType = 'full'): Promise<string> {
    const draft = { staffNumber, name, type, partyUnitId: this.branchId, departmentUnitId: this.bureauId };
    return (await this.run(() => this.app.get(MemberService).enrol(draft))).id;
  }

  role(memberId: string, role: RoleName, unitId = this.unitId) {
    return this.run(() => this.app.get(RoleService).bestow({ memberId, role, unitId, reason: '测试' }));
  }

  /** A member with an account that may sign in at once. */
  async account(loginName: string, password = memberPassword): Promise<{ id: string; memberId: string }> {
    const memberId = await this.member(`N-${loginName}`);
    const draft = { memberId, loginName, password, mustChangePassword: false };
    return { id: (await runAs(null, () => this.app.get(AccountService).provision(draft))).id, memberId };
  }

  async call(
    method: 'GET' | 'POST' | 'DELETE' | 'PATCH',
    path: string,
    given: { body?: object; token?: string | undefined; cookie?: string | undefined; agent?: string } = {},
  ): Promise<Answer> {
    const answer = await this.app.inject({
      method,
      url: `/api/v1${path}`,
      headers: {
        ...(given.token ? { authorization: `Bearer ${given.token}` } : {}),
        ...(given.cookie ? { cookie: given.cookie } : {}),
        ...(given.agent ? { 'user-agent': given.agent } : {}),
      },
      ...(given.body ? { payload: given.body } : {}),
    });
    const setCookie = cookieOf(answer.headers['set-cookie']);
    const body = (answer.body === '' ? {} : answer.json()) as Answer['body'];
    return { status: answer.statusCode, body, setCookie, cookie: setCookie?.split(';')[0] };
  }

  /** One file as a browser sends it. */
  async upload(path: string, token: string, file: Buffer): Promise<Answer> {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(file)]), 'roster.xlsx');
    const request = new Request('http://localhost', { method: 'POST', body: form });
    const answer = await this.app.inject({
      method: 'POST',
      url: `/api/v1${path}`,
      headers: { authorization: `Bearer ${token}`, 'content-type': request.headers.get('content-type')! },
      payload: Buffer.from(await request.arrayBuffer()),
    });
    return {
      status: answer.statusCode,
      body: answer.json() as Answer['body'],
      setCookie: undefined,
      cookie: undefined,
    };
  }

  signIn(loginName: string, password = memberPassword, agent?: string): Promise<Answer> {
    return this.call('POST', '/auth/sign-in', { body: { loginName, password }, ...(agent ? { agent } : {}) });
  }

  async tokenOf(loginName: string, password = memberPassword): Promise<string> {
    return (await this.signIn(loginName, password)).body.accessToken!;
  }
}
