import { createHmac, randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { Client } from '../harness/client.js';
import { startStandalone } from '../harness/topology.js';
import type { Topology } from '../harness/topology.js';

jest.setTimeout(60_000);

const secret = 'a secret of the end-to-end tests, long enough';
const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token as the product makes them, with these changes. */
function tokenOf(claims: object, { alg = 'HS256', from = secret }: { alg?: string; from?: string } = {}): string {
  const key = createHmac('sha256', from).update('xuekao:access-token').digest('base64url');
  const text = `${encoded({ alg, typ: 'JWT' })}.${encoded(claims)}`;
  const hash = alg === 'HS512' ? 'sha512' : 'sha256';
  return `${text}.${alg === 'none' ? '' : createHmac(hash, key).update(text).digest('base64url')}`;
}

describe('tokens and sign-in', () => {
  let app: Topology;
  let claims: Readonly<Record<string, unknown>>;

  beforeAll(async () => {
    app = await startStandalone({ XUEKAO_SECRET: secret });
    const { token } = await Client.signIn(app.url, 'member', app.passwords.get('member')!);
    claims = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as typeof claims;
  });
  afterAll(() => app?.stop());

  const statusFor = async (authorization: string): Promise<string> => {
    const response = await fetch(`${app.url}/api/v1/auth/me`, { headers: { authorization } });
    const { code } = (await response.json()) as { code?: string };
    return `${response.status} ${code ?? ''}`;
  };
  /** Signs in and gives what a browser would keep: the refresh cookie and the access token. */
  const session = async (path: string, body: object, cookie = ''): Promise<Response> =>
    fetch(`${app.url}/api/v1/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(cookie ? { cookie } : {}) },
      body: JSON.stringify(body),
    });
  const cookieOf = (response: Response): string => response.headers.getSetCookie()[0]!.split(';')[0]!;

  it('takes a token made like its own', async () => {
    expect(await statusFor(`Bearer ${tokenOf(claims)}`)).toBe('200 ');
  });

  it.each([
    ['no signature', () => tokenOf(claims, { alg: 'none' })],
    ['another algorithm', () => tokenOf(claims, { alg: 'HS512' })],
    ['another secret', () => tokenOf(claims, { from: 'another secret that is long enough too' })],
    ['another issuer', () => tokenOf({ ...claims, iss: 'elsewhere' })],
    ['another audience', () => tokenOf({ ...claims, aud: 'elsewhere' })],
    ['a time that has passed', () => tokenOf({ ...claims, exp: Math.floor(Date.now() / 1000) - 1 })],
    ['no end', () => tokenOf({ ...claims, exp: undefined })],
    ['an unknown session', () => tokenOf({ ...claims, sid: randomUUID() })],
    ["another one's session", () => tokenOf({ ...claims, sub: randomUUID() })],
    ['a changed text', () => tokenOf(claims).replace(/^[^.]+/, encoded({ alg: 'HS256' }))],
    ['nothing in it', () => ''],
    ['many dots', () => '.'.repeat(5000)],
  ])('refuses a token with %s', async (_what, token) => {
    expect(await statusFor(`Bearer ${token()}`)).toBe('401 auth.required');
  });

  it.each(['Basic bWVtYmVyOnBhc3M=', 'Bearer', 'bearer', 'Token x'])('refuses the header %s', async (header) => {
    expect(await statusFor(header)).toBe('401 auth.required');
  });

  it('ends the whole session when a replaced refresh token comes back', async () => {
    const signIn = { loginName: 'member2', password: app.passwords.get('member2') };
    const first = await session('sign-in', signIn);
    const cookie = first.headers.getSetCookie()[0]!;
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Strict/i);
    const stolen = cookieOf(first);
    const second = await session('refresh', {}, stolen);
    const third = await session('refresh', {}, cookieOf(second));
    const { accessToken } = (await third.json()) as { accessToken: string };
    expect(await statusFor(`Bearer ${accessToken}`)).toBe('200 ');
    expect((await session('refresh', {}, stolen)).status).toBe(401);
    expect((await session('refresh', {}, cookieOf(third))).status).toBe(401);
    expect(await statusFor(`Bearer ${accessToken}`)).toBe('401 auth.required');
    expect((await session('sign-in', signIn)).status).toBe(200);
  });

  it('ends the access token with the sign-out', async () => {
    const signedIn = await session('sign-in', { loginName: 'member2', password: app.passwords.get('member2') });
    const { accessToken } = (await signedIn.json()) as { accessToken: string };
    expect((await session('sign-out', {}, cookieOf(signedIn))).status).toBe(204);
    expect(await statusFor(`Bearer ${accessToken}`)).toBe('401 auth.required');
  });

  it.each(['member3', 'nobody.at.all'])(
    'locks %s after five failures, says so in Chinese, and the right password too',
    async (loginName) => {
      const wrong = { loginName, password: 'wrong password' };
      for (let failure = 1; failure <= 4; failure++) expect((await session('sign-in', wrong)).status).toBe(401);
      const right = { loginName, password: app.passwords.get(loginName) ?? 'any' };
      for (const body of [wrong, wrong, right]) {
        const response = await session('sign-in', body);
        expect(await response.json()).toMatchObject({
          status: 423,
          code: 'auth.sign-in.locked',
          title: '登录失败次数过多，账号暂时锁定',
          detail: expect.stringMatching(/^请在 1[45] 分钟后再试。$/),
        });
      }
    },
  );

  it('answers an unknown name as it answers a wrong password', async () => {
    const answer = async (loginName: string): Promise<unknown> => {
      const { requestId: _, ...rest } = (await (await session('sign-in', { loginName, password: 'x' })).json()) as {
        requestId: string;
      };
      return rest;
    };
    expect(await answer('organiser')).toEqual(await answer('no.such.name'));
  });
});
