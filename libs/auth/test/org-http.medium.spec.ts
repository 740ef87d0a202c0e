import { RequestMethod } from '@nestjs/common';
import ExcelJS from 'exceljs';
import { onEveryDatabase } from '@xuekao/database/testing';
import { newId } from '@xuekao/kernel';
import { RoutePolicyCheck } from '@xuekao/platform';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { administrator, entities, TestHttp } from './auth.fixture.js';

interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE' | 'PATCH';
  readonly path: string;
  readonly name: string;
}

function routesOf(http: TestHttp): Route[] {
  const scanner = new MetadataScanner();
  return http.app
    .get(DiscoveryService, { strict: false })
    .getControllers()
    .flatMap((wrapper) => {
      const type = wrapper.metatype as new () => object;
      const prototype = type.prototype as Record<string, object>;
      const base = Reflect.getMetadata('path', type) as string;
      return scanner
        .getAllMethodNames(prototype)
        .filter((name) => Reflect.hasMetadata('path', prototype[name]!))
        .map((name) => {
          const own = Reflect.getMetadata('path', prototype[name]!) as string;
          const method = RequestMethod[Reflect.getMetadata('method', prototype[name]!) as number] as Route['method'];
          const path = `/${base}/${own === '/' ? '' : own}`.replace(/\/$/, '').replace(/:\w+/g, newId());
          return { method, path, name: `${type.name}.${name}` };
        });
    });
}

onEveryDatabase('people and accounts over HTTP', entities, (database) => {
  let http: TestHttp;

  beforeAll(async () => {
    http = await TestHttp.open(database);
    await http.found();
  }, 60_000);
  afterAll(() => http.app.close());

  it('answer no route without a token, and none that needs a permission to a plain member', async () => {
    await http.account('plain');
    const token = await http.tokenOf('plain');
    const policies = new Map(
      http.app
        .get(RoutePolicyCheck, { strict: false })
        .routes()
        .map((r) => [r.name, r.policy]),
    );
    const routes = routesOf(http);
    expect(routes.length).toBeGreaterThan(35);
    for (const { method, path, name } of routes) {
      const policy = policies.get(name);
      if (policy?.kind === 'public') continue;
      const given = method === 'GET' ? {} : { body: {} };
      expect([name, (await http.call(method, path, given)).body.code]).toEqual([name, 'auth.required']);
      if (policy?.kind !== 'permission') continue;
      expect([name, (await http.call(method, path, { ...given, token })).body.code]).toEqual([name, 'auth.forbidden']);
    }
  }, 60_000);

  it('answer subjects outside the scope as not found, and never as forbidden', async () => {
    const { memberId } = await http.account('secretary');
    await http.role(memberId, 'party-affairs-officer', http.branchId);
    const token = await http.tokenOf('secretary');
    const outsider = await http.run(async () => newId());
    for (const [method, path, body] of [
      ['GET', `/units/${http.unitId}`, undefined],
      ['GET', `/units/${http.unitId}/roster`, undefined],
      ['GET', `/members/${outsider}`, undefined],
      ['PATCH', `/units/${http.unitId}`, { version: 1, name: '改名' }],
      ['POST', `/units/${http.unitId}/close`, { reason: '撤销' }],
      ['POST', '/units', { kind: 'branch', parentId: http.unitId, name: '旁支' }],
      ['POST', '/members', { staffNumber: 'O1', name: '外', type: 'full', partyUnitId: http.unitId }],
    ] as const) {
      const answer = await http.call(method, path, { token, ...(body ? { body } : {}) });
      expect([path, answer.status, answer.body.code]).toEqual([path, 404, 'resource.not-found']);
    }
    const units = (await http.call('GET', '/units', { token })).body.items as unknown as { id: string }[];
    expect(units.map((unit) => unit.id)).toEqual([http.branchId]);
  });

  it('refuse null where a field may be absent only', async () => {
    const token = await http.tokenOf(administrator.loginName, administrator.password);
    const memberId = await http.member('NULL-1');
    const edit = (body: object) => http.call('PATCH', `/members/${memberId}`, { token, body });
    expect((await edit({ version: 1, name: null })).body.code).toBe('request.invalid');
    expect((await edit({ version: 1, phone: '13800000000' })).status).toBe(200);
    expect((await edit({ version: 2, phone: null, name: '改名' })).status).toBe(200);
    const file = await http.call('GET', `/members/${memberId}`, { token });
    expect(file.body).toMatchObject({ name: '改名', phone: null, version: 3 });
    expect(Object.keys(file.body)).not.toContain('nameKey');
    const unit = await http.call('PATCH', `/units/${http.branchId}`, { token, body: { version: 1, name: null } });
    expect(unit.body.code).toBe('request.invalid');
  });

  it('take a roster as a browser uploads it, preview it and export it', async () => {
    const token = await http.tokenOf(administrator.loginName, administrator.password);
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet('名册');
    sheet.addRow(['工号', '姓名', '人员类别', '党支部']);
    sheet.addRow(['UP-1', '上传一', '正式党员', '第一党支部']);
    sheet.addRow(['UP-2', '=1+1', '正式', '第一党支部']);
    const file = Buffer.from(await workbook.xlsx.writeBuffer());
    const preview = await http.upload('/members/import/preview', token, file);
    expect(preview.status).toBe(200);
    expect(preview.body).toMatchObject({ good: [{ row: 2, name: '上传一' }], faults: [{ cell: 'C3' }] });
    const refused = await http.upload('/members/import?mode=all', token, file);
    expect(refused.body).toMatchObject({ code: 'org.import.has-errors', errors: [{ path: '名册!C3' }] });
    const imported = await http.upload('/members/import?mode=good-rows', token, file);
    expect(imported.body).toMatchObject({ imported: 1 });
    expect((await http.upload('/members/import/preview', token, Buffer.from('text'))).body.code).toBe(
      'org.import.unreadable',
    );
    const none = await http.call('POST', '/members/import/preview', { token, body: {} });
    expect(none.body.code).toBe('org.import.unreadable');
    const exported = await http.app.inject({
      url: '/api/v1/members/export?q=UP-1',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(exported.headers['content-type']).toContain('spreadsheetml');
    const back = new ExcelJS.Workbook();
    await back.xlsx.load(exported.rawPayload as never);
    expect(back.worksheets[0]!.getRow(2).getCell(2).value).toBe('上传一');
  });

  it('page the roster of a unit with its counts', async () => {
    const token = await http.tokenOf(administrator.loginName, administrator.password);
    const roster = await http.call('GET', `/units/${http.branchId}/roster?purpose=exam`, { token });
    const entries = (roster.body as unknown as { entries: { due: boolean }[] }).entries;
    expect(roster.body).toMatchObject({ due: entries.filter((entry) => entry.due).length });
    expect(entries.length).toBeGreaterThan(2);
    expect((await http.call('GET', `/units/${http.branchId}/roster?on=2017-02-30`, { token })).body.code).toBe(
      'request.invalid',
    );
    expect((await http.call('GET', '/units/no-id', { token })).body.code).toBe('request.malformed');
  });
});
