import { createHmac } from 'node:crypto';
import { onEveryDatabase } from '@xuekao/database/testing';
import { OutboxEventRow, TokenVerifier } from '@xuekao/platform';
import { testSecret } from '@xuekao/platform/testing';
import { AccountEntity, RefreshTokenEntity, SignInGuardEntity } from '../src/auth.entity.js';
import { administrator, entities, memberPassword, TestHttp } from './auth.fixture.js';

const minute = 60_000;

onEveryDatabase('signing in', entities, (database) => {
  let http: TestHttp;
  const events = (type: string) => database.uow.manager.find(OutboxEventRow, { where: { type }, order: { id: 'ASC' } });

  beforeAll(async () => {
    http = await TestHttp.open(database);
    await http.found();
  }, 60_000);
  afterAll(() => http.app.close());

  it('has tables that agree with the entities', async () => {
    const log = await database.opened.writer.driver.createSchemaBuilder().log();
    expect(log.upQueries.map((query) => query.query)).toEqual([]);
  });

  it('gives a token, a cookie that scripts and other sites cannot use, and the profile', async () => {
    const { memberId } = await http.account('zhao');
    await http.role(memberId, 'branch-secretary', http.branchId);
    const answer = await http.signIn(
      ' ＺＨＡＯ ',
      memberPassword,
      'Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36',
    );
    expect(answer.status).toBe(200);
    expect(answer.setCookie).toMatch(/HttpOnly/);
    expect(answer.setCookie).toMatch(/SameSite=Strict/);
    expect(answer.setCookie).toMatch(/Path=\/api\/v1\/auth/);
    const me = await http.call('GET', '/auth/me', { token: answer.body.accessToken });
    expect(me.body).toMatchObject({
      memberId,
      loginName: 'zhao',
      mustChangePassword: false,
      partyUnit: { name: '第一党支部' },
      roles: [{ role: 'branch-secretary', roleName: '支部书记', unitName: '第一党支部' }],
    });
    expect(me.body.permissions).toEqual(expect.arrayContaining(['exam.sit', 'org.read']));
    expect(me.body.permissions).not.toContain('org.write');
    expect((await events('auth.sign-in.succeeded')).at(-1)).toMatchObject({
      actorMemberId: memberId,
      payload: { label: 'Chrome · Windows' },
    });
  });

  it('stores neither password nor refresh token', async () => {
    const { id } = await http.account('qian');
    const { cookie } = await http.signIn('qian');
    const token = cookie!.split('=')[1]!;
    const account = await database.uow.manager.findOneByOrFail(AccountEntity, { id });
    expect(account.passwordHash).toMatch(/^\$argon2id\$/);
    const rows = await database.uow.manager.find(RefreshTokenEntity);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('answers an unknown login, a wrong password and a disabled account alike, and locks all of them alike', async () => {
    const { id } = await http.account('sun');
    const off = await http.account('li-na');
    await database.uow.run(async () => {
      await database.uow.manager.update(AccountEntity, { id: off.id }, { state: 'disabled' });
    });
    for (const [login, password] of [
      ['sun', 'wrong-Password1'],
      ['nobody-here', 'wrong-Password1'],
      ['li-na', memberPassword],
    ] as const) {
      const answers = [];
      for (let n = 0; n < 6; n++) answers.push((await http.signIn(login, password)).body.code);
      expect(answers).toEqual([
        ...Array.from({ length: 4 }, () => 'auth.sign-in.failed'),
        'auth.sign-in.locked',
        'auth.sign-in.locked',
      ]);
    }
    expect((await http.signIn('sun')).status).toBe(423);
    database.clock.advance(15 * minute);
    expect((await http.signIn('sun')).status).toBe(200);
    expect((await http.signIn('li-na')).body.code).toBe('auth.sign-in.failed');
    const refused = await events('auth.sign-in.refused');
    expect(refused.filter((event) => event.subjectId === id)).toHaveLength(7);
    expect(refused.map((event) => JSON.stringify(event.payload)).join()).not.toContain('nobody-here');
  }, 60_000);

  it('counts failures that arrive at once in the database, none of them lost', async () => {
    await http.account('zhou');
    const answers = await Promise.all(Array.from({ length: 8 }, () => http.signIn('zhou', 'wrong-Password1')));
    expect(answers.filter((answer) => answer.body.code === 'auth.sign-in.failed')).toHaveLength(4);
    const guards = await database.uow.manager.find(SignInGuardEntity);
    expect(guards.every((guard) => guard.failures <= 5)).toBe(true);
    expect((await http.signIn('zhou')).status).toBe(423);
  }, 60_000);

  it('rotates the refresh token, repeats it within ten seconds, and ends the session on a later reuse', async () => {
    await http.account('wu-di');
    const first = await http.signIn('wu-di');
    const second = await http.call('POST', '/auth/refresh', { cookie: first.cookie });
    expect(second.status).toBe(200);
    const repeated = await http.call('POST', '/auth/refresh', { cookie: first.cookie });
    expect(repeated.cookie).toBe(second.cookie);
    database.clock.advance(11_000);
    expect((await http.call('POST', '/auth/refresh', { cookie: first.cookie })).body.code).toBe('auth.session.expired');
    expect((await http.call('POST', '/auth/refresh', { cookie: second.cookie })).body.code).toBe(
      'auth.session.expired',
    );
    expect((await http.call('GET', '/auth/me', { token: second.body.accessToken })).status).toBe(401);
    expect(await events('auth.session.reuse-detected')).toHaveLength(1);
  });

  it('gives one successor to refreshes that arrive at once', async () => {
    await http.account('zheng');
    const { cookie } = await http.signIn('zheng');
    const answers = await Promise.all([1, 2, 3, 4].map(() => http.call('POST', '/auth/refresh', { cookie })));
    expect(new Set(answers.map((answer) => answer.cookie)).size).toBe(1);
    expect(answers.every((answer) => answer.status === 200)).toBe(true);
  });

  it('ends a session after the pause, sooner for administrators, and after twelve hours whatever happens', async () => {
    await http.account('wang');
    const member = await http.signIn('wang');
    const admin = await http.signIn(administrator.loginName, administrator.password);
    database.clock.advance(16 * minute);
    expect((await http.call('POST', '/auth/refresh', { cookie: admin.cookie })).status).toBe(401);
    expect((await http.call('GET', '/auth/me', { token: member.body.accessToken })).status).toBe(401);
    let cookie = (await http.call('POST', '/auth/refresh', { cookie: member.cookie })).cookie;
    expect(cookie).toBeDefined();
    for (let used = 16; used + 29 < 12 * 60; used += 29) {
      database.clock.advance(29 * minute);
      cookie = (await http.call('POST', '/auth/refresh', { cookie })).cookie;
      expect(cookie).toBeDefined();
    }
    database.clock.advance(29 * minute);
    expect((await http.call('POST', '/auth/refresh', { cookie })).status).toBe(401);
  });

  it('takes no token that is forged, of another algorithm, issuer or audience, or without a living session', async () => {
    await http.account('feng');
    const token = await http.tokenOf('feng');
    const [header, payload, signature] = token.split('.') as [string, string, string];
    const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
    const key = createHmac('sha256', testSecret).update('xuekao:access-token').digest('base64url');
    const signed = (head: object, body: object, hash = 'sha256'): string => {
      const text = `${encode(head)}.${encode(body)}`;
      return `${text}.${createHmac(hash, key).update(text).digest('base64url')}`;
    };
    const good = signed({ alg: 'HS256', typ: 'JWT' }, claims);
    expect((await http.call('GET', '/auth/me', { token: good })).status).toBe(200);
    const verifier = http.app.get(TokenVerifier);
    await expect(verifier.verify(good)).resolves.toMatchObject({ accountId: claims.sub });
    const bad = [
      `${header}.${encode({ ...claims, sub: 'x' })}.${signature}`,
      `${encode({ alg: 'none', typ: 'JWT' })}.${payload}.`,
      signed({ alg: 'HS512', typ: 'JWT' }, claims, 'sha512'),
      signed({ alg: 'HS256', typ: 'JWT' }, { ...claims, iss: 'other' }),
      signed({ alg: 'HS256', typ: 'JWT' }, { ...claims, aud: 'other' }),
      signed({ alg: 'HS256', typ: 'JWT' }, { ...claims, sid: 'other' }),
      signed({ alg: 'HS256', typ: 'JWT' }, { ...claims, exp: Math.floor(database.clock.now() / 1000) }),
      'no token',
    ];
    for (const token of bad) {
      expect((await http.call('GET', '/auth/me', { token })).status).toBe(401);
      await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'auth.required' });
    }
    expect((await http.call('GET', '/auth/me')).body.code).toBe('auth.required');
  });

  it('signs one device out, the others out, or this one', async () => {
    await http.account('chen');
    const [a, b, c] = [await http.signIn('chen'), await http.signIn('chen'), await http.signIn('chen')];
    const listed = await http.call('GET', '/auth/devices', { token: a.body.accessToken });
    const devices = listed.body.items as unknown as { id: string; isCurrent: boolean }[];
    expect(devices.filter((device) => device.isCurrent)).toHaveLength(1);
    expect(devices).toHaveLength(3);
    await http.account('chu');
    const other = devices.find((device) => !device.isCurrent)!;
    const foreign = await http.call('DELETE', `/auth/devices/${other.id}`, { token: await http.tokenOf('chu') });
    expect(foreign.body.code).toBe('resource.not-found');
    expect((await http.call('DELETE', `/auth/devices/${other.id}`, { token: a.body.accessToken })).status).toBe(204);
    const living = await Promise.all(
      [b, c].map((each) => http.call('GET', '/auth/me', { token: each.body.accessToken })),
    );
    expect(living.map((answer) => answer.status).toSorted()).toEqual([200, 401]);
    expect((await http.call('POST', '/auth/sign-out', { cookie: a.cookie })).status).toBe(204);
    expect((await http.call('GET', '/auth/me', { token: a.body.accessToken })).status).toBe(401);
    const d = await http.signIn('chen');
    expect((await http.call('DELETE', '/auth/devices', { token: d.body.accessToken })).status).toBe(204);
    expect((await http.call('POST', '/auth/refresh', { cookie: d.cookie })).status).toBe(401);
  });
});
