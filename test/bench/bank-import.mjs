// npm run bench:import [-- --rows N]: an Excel file of 5,000 questions from the upload to the bank over real HTTP, beside exceljs
// that merely reads the same file.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ExcelJS from 'exceljs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const at = process.argv.indexOf('--rows');
const rows = at === -1 ? 5000 : Number(process.argv[at + 1]);
const folder = mkdtempSync(join(tmpdir(), 'xuekao-bench-'));
const say = (line) => process.stdout.write(`${line}\n`);
const titles = ['题号', '题型', '题干', '选项A', '选项B', '选项C', '选项D', '答案', '解析', '出处', '难度', '专题'];

async function workbook() {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('试题');
  sheet.addRow(titles);
  for (let i = 0; i < rows; i++) {
    const about = `第${i}号文件第${(i * 7919) % 100_003}条`;
    const options = ['甲', '乙', '丙', '丁'].map((sign, k) => `${about}的${sign}种说法${(i * 31 + k) % 997}`);
    const letters = i % 3 === 0 ? 'ABD' : 'ABCD'[i % 4];
    const type = i % 3 === 0 ? '多选题' : '单选题';
    const source = `文件汇编第${(i % 90) + 1}页`;
    sheet.addRow([
      '',
      type,
      `根据${about}，下列说法正确的是（　　）。`,
      ...options,
      letters,
      `见${about}。`,
      source,
      '中',
      '文件',
    ]);
  }
  return Buffer.from(await book.xlsx.writeBuffer());
}

function start() {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(root, 'dist/apps/standalone/main.js')],
    {
      cwd: root,
      env: { ...process.env, XUEKAO_DATA_DIR: folder, PORT: '0', HOST: '127.0.0.1' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let text = '';
  const address = new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const found = /listens on (http:\S+)/.exec(text);
      if (found && text.includes('Demo accounts')) resolve(found[1].replace('localhost', '127.0.0.1'));
      else if (found) setTimeout(() => resolve(found[1].replace('localhost', '127.0.0.1')), 1000);
    });
    child.once('exit', (code) => reject(new Error(`the app ended with ${code}: ${text}`)));
  });
  address.catch(() => undefined);
  return { address, child, ended: new Promise((resolve) => child.once('exit', resolve)) };
}

const app = start();
try {
  const file = await workbook();
  const url = `${await app.address}/api/v1`;
  const [, password] = readFileSync(join(folder, 'demo-accounts.txt'), 'utf8')
    .split('\n')
    .map((line) => line.split('\t'))
    .find(([name]) => name === 'committee');
  const call = async (path, options = {}) => {
    const response = await fetch(`${url}${path}`, options);
    const body = await response.json();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(body)}`);
    return body;
  };
  const json = { 'content-type': 'application/json' };
  const { accessToken } = await call('/auth/sign-in', {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ loginName: 'committee', password }),
  });
  const headers = { authorization: `Bearer ${accessToken}` };
  const upload = () => {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(file)]), '题库.xlsx');
    return call('/questions/imports', { method: 'POST', headers, body: form });
  };
  const past = async (id, state) => {
    for (;;) {
      const batch = await call(`/questions/imports/${id}`, { headers });
      if (batch.state !== state) return batch;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  };
  const floors = [];
  for (let i = 0; i < 3; i++) {
    const startedAt = performance.now();
    await new ExcelJS.Workbook().xlsx.load(file);
    floors.push((performance.now() - startedAt) / 1000);
  }
  const floor = floors.toSorted((a, b) => a - b)[1];
  const startedAt = performance.now();
  const batch = await past((await upload()).id, 'reading');
  const previewS = (performance.now() - startedAt) / 1000;
  if (batch.good !== rows) throw new Error(`of ${rows} rows ${batch.good} are good: ${JSON.stringify(batch)}`);
  const body = JSON.stringify({ mode: 'all-or-nothing' });
  await call(`/questions/imports/${batch.id}/commit`, { method: 'POST', headers: { ...headers, ...json }, body });
  const done = await past(batch.id, 'committing');
  const wholeS = (performance.now() - startedAt) / 1000;
  if (done.imported !== rows) throw new Error(`imported ${done.imported} of ${rows}`);
  const twice = await past((await upload()).id, 'reading');
  const limit = 10;
  say(`preview of ${rows} rows            ${previewS.toFixed(2)} s`);
  say(
    `preview and import of ${rows} rows ${wholeS.toFixed(2)} s   limit ${limit}   exceljs reads the file in ${floor.toFixed(2)} s, ratio ${(wholeS / floor).toFixed(1)}`,
  );
  say(`the same file again: ${rows - twice.known} new`);
  const checks = [
    {
      name: `import of ${rows} rows`,
      value: Number(wholeS.toFixed(2)),
      limit,
      unit: 's',
      floor: Number(floor.toFixed(2)),
      ok: wholeS <= limit,
    },
    {
      name: 'new questions from the same file again',
      value: rows - twice.known,
      limit: 0,
      unit: 'questions',
      floor: null,
      ok: twice.known === rows,
    },
  ];
  say(JSON.stringify({ bench: 'import', checks }));
  process.exitCode = checks.every((check) => check.ok) ? 0 : 1;
} finally {
  app.child.kill('SIGTERM');
  await app.ended;
  rmSync(folder, { recursive: true, force: true });
}
