import { onEveryDatabase } from '@xuekao/database/testing';
import { EventRelay } from '@xuekao/platform';
import { AccountService, AuthJobs, SetupService } from '../src/index.js';
import { PasswordHistoryEntity, SignInGuardEntity, SignInSessionEntity } from '../src/auth.entity.js';
import { administrator, entities, memberPassword, TestHttp } from './auth.fixture.js';

onEveryDatabase('accounts', entities, (database) => {
  let http: TestHttp;

  beforeAll(async () => {
    http = await TestHttp.open(database);
  }, 60_000);
  afterAll(() => http.app.close());

  it('are set up once: the first administrator of an empty system, also against three at once', async () => {
    expect((await http.call('GET', '/setup')).body).toEqual({ needed: true });
    await expect(http.app.get(SetupService).createAdministrator(administrator)).rejects.toMatchObject({
      code: 'auth.setup.needed',
    });
    const organisation = { bureauName: '示例局', partyName: '示例局党组', partyKind: 'party-group' };
    const weak = { ...organisation, administrator: { ...administrator, password: 'admin-Pass1' } };
    expect((await http.call('POST', '/setup', { body: weak })).body).toMatchObject({
      code: 'auth.password.weak',
      facts: { faults: 'contains-account' },
    });
    const body = { ...organisation, administrator };
    const answers = await Promise.all([1, 2, 3].map(() => http.call('POST', '/setup', { body })));
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, 409, 409]);
    expect((await http.call('GET', '/setup')).body).toEqual({ needed: false });
    expect((await http.call('POST', '/setup', { body })).body.code).toBe('auth.setup.done');
  }, 60_000);

  it('let the administrator keep people and accounts and see no study data', async () => {
    const token = await http.tokenOf(administrator.loginName, administrator.password);
    const me = await http.call('GET', '/auth/me', { token });
    expect(me.body).toMatchObject({ isAdministrator: true, name: '系统员' });
    expect(me.body.permissions).toEqual(expect.arrayContaining(['system.manage', 'auth.accounts', 'org.write']));
    expect(me.body.permissions).not.toContain('exam.read');
    const units = (await http.call('GET', '/units', { token })).body.items as unknown as { id: string; tree: string }[];
    http.unitId = units.find((unit) => unit.tree === 'party')!.id;
    http.bureauId = units.find((unit) => unit.tree === 'department')!.id;
    const created = await http.call('POST', '/units', {
      token,
      body: { kind: 'branch', parentId: http.unitId, name: '第一党支部' },
    });
    expect(created.status).toBe(201);
    http.branchId = (created.body as unknown as { id: string }).id;
  });

  it('begin with a password that is shown once and must be changed before anything else', async () => {
    const token = await http.tokenOf(administrator.loginName, administrator.password);
    const memberId = await http.member('GH-0801', '新党员');
    const made = await http.call('POST', '/accounts', { token, body: { memberId } });
    expect(made.status).toBe(201);
    const { initialPassword, loginName } = made.body as unknown as { initialPassword: string; loginName: string };
    expect(loginName).toBe('GH-0801');
    expect((await http.call('POST', '/accounts', { token, body: { memberId } })).body.code).toBe(
      'auth.account.member-has-account',
    );
    const signedIn = await http.signIn('gh-0801', initialPassword);
    const own = signedIn.body.accessToken;
    expect(signedIn.body).toMatchObject({ mustChangePassword: true });
    expect((await http.call('GET', '/auth/devices', { token: own })).body.code).toBe('auth.password-change-required');
    expect((await http.call('GET', '/auth/me', { token: own })).status).toBe(200);
    const change = (currentPassword: string, newPassword: string) =>
      http.call('POST', '/auth/password', { token: own, body: { currentPassword, newPassword } });
    expect((await change('wrong-Password1', memberPassword)).body.code).toBe('auth.password.wrong');
    expect((await change(initialPassword, 'short')).body).toMatchObject({
      code: 'auth.password.weak',
      facts: { faults: 'too-short,too-few-classes' },
    });
    expect((await change(initialPassword, 'gh-0801 AB!')).body).toMatchObject({
      facts: { faults: 'contains-account' },
    });
    expect((await change(initialPassword, initialPassword)).body).toMatchObject({ facts: { faults: 'used-before' } });
    expect((await change(initialPassword, memberPassword)).status).toBe(204);
    expect((await http.call('GET', '/auth/devices', { token: own })).status).toBe(200);
    expect((await http.signIn('gh-0801', initialPassword)).body.code).toBe('auth.sign-in.failed');
    expect((await http.signIn('gh-0801')).body).toMatchObject({ mustChangePassword: false });
  }, 60_000);

  it('remember five passwords, and a change signs every other device out', async () => {
    const { id } = await http.account('history');
    const [here, there] = [await http.signIn('history'), await http.signIn('history')];
    const token = here.body.accessToken;
    const word = (n: number): string => (n === 0 ? memberPassword : `Bai-Wen ${n}${n}!`);
    for (let n = 1; n <= 5; n++) {
      const body = { currentPassword: word(n - 1), newPassword: word(n) };
      expect((await http.call('POST', '/auth/password', { token, body })).status).toBe(204);
    }
    const again = (n: number) =>
      http.call('POST', '/auth/password', { token, body: { currentPassword: word(5), newPassword: word(n) } });
    expect((await again(1)).body.code).toBe('auth.password.weak');
    expect((await again(0)).status).toBe(204);
    expect(await database.uow.manager.countBy(PasswordHistoryEntity, { accountId: id })).toBe(5);
    expect((await http.call('GET', '/auth/me', { token: there.body.accessToken })).status).toBe(401);
    expect((await http.call('GET', '/auth/me', { token })).status).toBe(200);
  }, 60_000);

  it('are reset, disabled and enabled by the administrator within his scope, never by himself', async () => {
    const admin = await http.tokenOf(administrator.loginName, administrator.password);
    const { id } = await http.account('jiang');
    const token = await http.tokenOf('jiang');
    const act = (path: string, by: string) =>
      http.call('POST', `/accounts/${id}/${path}`, { token: by, body: { reason: '测试' } });
    expect((await act('disable', token)).body.code).toBe('auth.forbidden');
    expect((await act('disable', admin)).status).toBe(204);
    expect((await http.call('GET', '/auth/me', { token })).status).toBe(401);
    expect((await http.signIn('jiang')).body.code).toBe('auth.sign-in.failed');
    expect((await act('enable', admin)).status).toBe(204);
    for (let n = 0; n < 5; n++) await http.signIn('jiang', 'wrong-Password1');
    const reset = await act('reset', admin);
    const { initialPassword } = reset.body as unknown as { initialPassword: string };
    expect((await http.signIn('jiang', initialPassword)).body).toMatchObject({ mustChangePassword: true });
    const listed = await http.call('GET', '/accounts?q=系统员', { token: admin });
    const [own] = listed.body.items as unknown as { account: { id: string } }[];
    const self = await http.call('POST', `/accounts/${own!.account.id}/disable`, {
      token: admin,
      body: { reason: '误' },
    });
    expect(self.body.code).toBe('auth.account.own');
  }, 60_000);

  it('of the three administrators are reset by the operator alone', async () => {
    const admin = await http.tokenOf(administrator.loginName, administrator.password);
    const { id, memberId } = await http.account('auditor', 'Shen-Ji 2017!!');
    await http.role(memberId, 'audit-admin');
    for (const path of ['reset', 'disable']) {
      const refused = await http.call('POST', `/accounts/${id}/${path}`, { token: admin, body: { reason: '试' } });
      expect(refused.body.code).toBe('auth.account.administrator');
    }
    const { initialPassword } = await http.app.get(AccountService).resetByOperator('Auditor', '遗忘');
    expect((await http.signIn('auditor', initialPassword)).status).toBe(200);
  }, 60_000);

  it('close when the person leaves the organisation', async () => {
    const admin = await http.tokenOf(administrator.loginName, administrator.password);
    const { memberId } = await http.account('leaver');
    const token = await http.tokenOf('leaver');
    const left = await http.call('POST', `/members/${memberId}/leave`, { token: admin, body: { reason: '调离' } });
    expect(left.body.code).toBe('org.membership.before-current');
    database.clock.advance(86_400_000);
    const again = await http.tokenOf(administrator.loginName, administrator.password);
    expect(
      (await http.call('POST', `/members/${memberId}/leave`, { token: again, body: { reason: '调离' } })).status,
    ).toBe(204);
    await http.app.get(EventRelay).drain();
    expect((await http.call('GET', '/auth/me', { token })).status).toBe(401);
    expect((await http.signIn('leaver')).body.code).toBe('auth.sign-in.failed');
  }, 60_000);

  it('are made for many at once, and show no hash', async () => {
    const admin = await http.tokenOf(administrator.loginName, administrator.password);
    const memberIds = [await http.member('BULK-1'), await http.member('BULK-2')];
    const made = await http.call('POST', '/accounts/bulk', { token: admin, body: { memberIds } });
    expect(made.body.items).toHaveLength(2);
    expect((await http.call('POST', '/accounts/bulk', { token: admin, body: { memberIds } })).body.items).toHaveLength(
      0,
    );
    const listed = await http.call('GET', '/accounts?limit=200', { token: admin });
    expect(JSON.stringify(listed.body)).not.toMatch(/argon2|passwordHash/);
  }, 60_000);

  it('refuse a login name that is taken in another case, and an unknown field', async () => {
    const admin = await http.tokenOf(administrator.loginName, administrator.password);
    const memberId = await http.member('TAKEN-1');
    const create = (body: object) => http.call('POST', '/accounts', { token: admin, body });
    expect((await create({ memberId, loginName: 'ADMIN' })).body.code).toBe('auth.account.login-taken');
    expect((await create({ memberId, loginName: '张三' })).body.code).toBe('auth.account.login-invalid');
    expect((await create({ memberId, state: 'active' })).body.code).toBe('request.invalid');
  });

  it('get a further administrator from the operator, and forget old sessions and locks', async () => {
    const further = { name: '备用', staffNumber: 'SYS-2', loginName: 'backup', password: 'Gao-Su Lu 2017' };
    await http.app.get(SetupService).createAdministrator(further);
    expect((await http.signIn('backup', further.password)).status).toBe(200);
    database.clock.advance(32 * 86_400_000);
    await http.app.get(AuthJobs).sweep();
    expect(await database.uow.manager.count(SignInSessionEntity)).toBe(0);
    expect(await database.uow.manager.count(SignInGuardEntity)).toBe(0);
    await http.app.get(AuthJobs).sweep();
  });
});
