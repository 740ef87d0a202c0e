import { onEveryDatabase } from '@xuekao/database/testing';
import { SessionEndings, WakeSignal } from '@xuekao/platform';
import { SignInSessionEntity } from '../src/auth.entity.js';
import { entities, memberPassword, TestHttp } from './auth.fixture.js';

onEveryDatabase('the endings of sessions', entities, (database) => {
  let http: TestHttp;
  const told: string[] = [];
  const heard = async (id: string): Promise<void> => {
    for (let turn = 0; turn < 200 && !told.includes(id); turn++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(told).toContain(id);
  };
  const sessionOf = async (accountId: string): Promise<string> => {
    const [newest] = await database.uow.manager.find(SignInSessionEntity, {
      where: { accountId },
      order: { id: 'DESC' },
    });
    return newest!.id;
  };

  beforeAll(async () => {
    http = await TestHttp.open(database, (app) => app.get(SessionEndings).onEnded((ids) => told.push(...ids)));
    await http.found();
  }, 60_000);
  afterAll(() => http.app.close());

  it('are told after a sign-out everywhere, and nobody else', async () => {
    const { id: accountId } = await http.account('qian');
    const { body } = await http.signIn('qian', memberPassword);
    const session = await sessionOf(accountId);
    const other = await http.account('sun');
    await http.signIn('sun', memberPassword);
    expect((await http.call('DELETE', '/auth/devices', { token: body.accessToken })).status).toBe(204);
    await heard(session);
    expect(told).not.toContain(await sessionOf(other.id));
  });

  it('are told when they ran out, at the next look', async () => {
    const { id: accountId } = await http.account('zhouli');
    await http.signIn('zhouli', memberPassword);
    const session = await sessionOf(accountId);
    const { expiresAt } = (await database.uow.manager.findOneBy(SignInSessionEntity, { id: session }))!;
    database.clock.advance(expiresAt - database.clock.now() + 1);
    http.app.get(WakeSignal).send('sessions');
    await heard(session);
  });
});
