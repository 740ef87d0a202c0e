// People for bench:live, written straight into the migrated database of the run: an import would take longer than the bench.
// Their access tokens are signed as the server signs them, with the secret of the run.
import { createHmac } from 'node:crypto';
import { createConnection } from 'mysql2/promise';

const idOf = (kind, number) => `01930000-0000-7000-8${kind}00-${String(number).padStart(12, '0')}`;
export const rootUnit = idOf('0', 1);
export const accountOf = (number) => idOf('3', number);
export const memberOf = (number) => idOf('1', number);
const sessionOf = (number) => idOf('4', number);
const branches = 50;
const branchOf = (number) => idOf('0', 100 + (number % branches));

/** Access token of the person with this number, from 0; number 0 hosts. */
export function tokenOf(number, secret) {
  const key = createHmac('sha256', secret).update('xuekao:access-token').digest('base64url');
  const now = Math.floor(Date.now() / 1000);
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    sub: accountOf(number),
    sid: sessionOf(number),
    iat: now,
    exp: now + 7200,
    aud: 'xuekao-api',
    iss: 'xuekao',
  };
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
}

function tables(people) {
  const now = Date.now();
  const from = '2026-01-01';
  const numbers = Array.from({ length: people }, (_, number) => number);
  const unit = (id, kind, parent, name, order, root) => ({
    id,
    tree: 'party',
    kind,
    parent_id: parent,
    name,
    short_name: name,
    sort_order: order,
    valid_from: from,
    valid_to: null,
    root_key: root,
    version: 1,
  });
  return {
    unit: [
      unit(rootUnit, 'party-committee', null, '机关党委', 0, 'party'),
      ...Array.from({ length: branches }, (_, n) => unit(branchOf(n), 'branch', rootUnit, `第${n + 1}党支部`, n, null)),
    ],
    member: numbers.map((n) => ({
      id: memberOf(n),
      staff_number: `B${n}`,
      staff_number_key: `b${n}`,
      name: `党员${n}`,
      name_key: `党员${n}`,
      gender: null,
      joined_on: null,
      full_since: null,
      phone: null,
      created_at: now,
      version: 1,
    })),
    membership: numbers.map((n) => ({
      id: idOf('5', n),
      member_id: memberOf(n),
      unit_id: branchOf(n),
      tree: 'party',
      standing: 'primary',
      type: 'full',
      valid_from: from,
      valid_to: null,
      open_key: `${memberOf(n)}:party`,
    })),
    held_role: [
      {
        id: idOf('6', 0),
        member_id: memberOf(0),
        role: 'party-affairs-officer',
        unit_id: rootUnit,
        valid_from: from,
        valid_to: null,
        reason: '任职',
        end_reason: null,
        created_at: now,
      },
    ],
    account: numbers.map((n) => ({
      id: accountOf(n),
      login_name: `bench${n}`,
      login_key: `bench${n}`,
      member_id: memberOf(n),
      password_hash: '-',
      password_changed_at: now,
      must_change_password: 0,
      state: 'active',
      created_at: now,
      last_sign_in_at: null,
    })),
    sign_in_session: numbers.map((n) => ({
      id: sessionOf(n),
      account_id: accountOf(n),
      label: 'bench',
      created_at: now,
      last_used_at: now,
      idle_ms: 7_200_000,
      expires_at: now + 7_200_000,
      revoked_at: null,
      revoke_reason: null,
    })),
  };
}

export async function seed({ url, file, people }) {
  if (url) await seedServer(url, tables(people));
  else await seedFile(file, tables(people));
}

async function seedFile(file, rowsByTable) {
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(file);
  database.exec('BEGIN');
  for (const [table, rows] of Object.entries(rowsByTable)) {
    const columns = Object.keys(rows[0]);
    const insert = database.prepare(`INSERT INTO ${table} (${columns}) VALUES (${columns.map(() => '?')})`);
    for (const row of rows) insert.run(...Object.values(row));
  }
  database.exec('COMMIT');
  database.close();
}

async function seedServer(url, rowsByTable) {
  const connection = await createConnection(url);
  for (const [table, rows] of Object.entries(rowsByTable)) {
    const columns = Object.keys(rows[0]).map((name) => `\`${name}\``);
    for (let start = 0; start < rows.length; start += 500) {
      const values = rows.slice(start, start + 500).map((row) => Object.values(row));
      await connection.query(`INSERT INTO \`${table}\` (${columns}) VALUES ?`, [values]);
    }
  }
  await connection.end();
}
