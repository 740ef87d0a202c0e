// Finds the services that the suites need: addresses in the environment, programs on the PATH, packages of Debian or Ubuntu.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { owned } from '../../test/harness/own-processes.ts';

const searchPath = `${process.env.PATH}:/usr/sbin:/usr/local/sbin:/sbin`;

export function programOf(...names) {
  for (const name of names) {
    for (const folder of searchPath.split(':')) if (folder && existsSync(join(folder, name))) return join(folder, name);
  }
  return undefined;
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

const packages = {
  mariadb: 'mariadb-server',
  redis: 'redis-server',
  chromium: 'chromium',
  fonts: 'fonts-noto-cjk',
  soffice: 'libreoffice-writer-nogui',
  pdftotext: 'poppler-utils',
};

/** Installs the packages whose programs are missing, as root on Debian or Ubuntu; says what it did. */
export async function installMissing(wanted, say) {
  const missing = wanted.filter((name) => !isThere(name)).map((name) => packages[name]);
  if (missing.length === 0) return;
  if (process.env.XUEKAO_TEST_INSTALL === '0' || process.getuid?.() !== 0 || !programOf('apt-get')) return;
  say(`Installing ${missing.join(', ')} with apt-get …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args) =>
    new Promise((resolve) => {
      const child = spawn('apt-get', ['-qq', ...args], { env, stdio: 'ignore', timeout: 600_000 });
      child.on('error', () => resolve(false));
      child.on('exit', (code) => resolve(code === 0));
    });
  const install = (...names) => apt('install', '-y', '--no-install-recommends', ...names);
  if (!(await apt('update')) || !(await install(...missing))) {
    for (const name of missing) await install(name);
  }
}

function isThere(name) {
  if (name === 'fonts') return existsSync('/usr/share/fonts/opentype/noto') || existsSync('/usr/share/fonts/noto-cjk');
  if (name === 'mariadb') return programOf('mariadbd', 'mysqld') !== undefined;
  if (name === 'redis') return programOf('redis-server') !== undefined;
  if (name === 'chromium') return chromiumPath() !== undefined;
  return programOf(name) !== undefined;
}

export function chromiumPath() {
  return process.env.CHROMIUM ?? programOf('chromium', 'chromium-browser', 'google-chrome');
}

async function waitForPort(port, child, what) {
  for (let i = 0; i < 300; i++) {
    if (child.exitCode !== null) throw new Error(`${what} ended with ${child.exitCode}`);
    const open = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${what} did not open port ${port}`);
}

function endOf(child, folder) {
  return async () => {
    if (child.exitCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 8000);
      await ended;
      clearTimeout(timer);
    }
    rmSync(folder, { recursive: true, force: true });
  };
}

/** A private MariaDB or MySQL on a free loopback port; null where no server program is there. */
export async function startSqlServer() {
  const program = programOf('mariadbd', 'mysqld');
  if (!program) return null;
  const version = spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout ?? '';
  const isMaria = /mariadb/i.test(version);
  const folder = mkdtempSync(join(tmpdir(), 'xuekao-sql-'));
  const data = join(folder, 'data');
  mkdirSync(data);
  const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
  const install = isMaria
    ? spawnSync(
        programOf('mariadb-install-db', 'mysql_install_db'),
        ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', ...asRoot],
        { encoding: 'utf8' },
      )
    : spawnSync(program, ['--no-defaults', '--initialize-insecure', `--datadir=${data}`, ...asRoot], {
        encoding: 'utf8',
      });
  if (install.status !== 0) throw new Error(`Preparing ${program} failed: ${install.stderr}`);
  const port = await freePort();
  const server = spawn(
    program,
    [
      '--no-defaults',
      ...asRoot,
      `--datadir=${data}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--socket=${join(folder, 's.sock')}`,
      `--pid-file=${join(folder, 'pid')}`,
      '--max-connections=400',
      '--innodb-flush-log-at-trx-commit=2',
      ...(isMaria ? [] : ['--mysqlx=OFF']),
    ],
    { stdio: 'ignore' },
  );
  const child = owned(server);
  await waitForPort(port, child, program);
  return {
    kind: isMaria ? 'mariadb' : 'mysql',
    url: `mysql://root@127.0.0.1:${port}/mysql`,
    stop: endOf(child, folder),
  };
}

/** A private Redis on a free loopback port; null where none is installed. */
export async function startRedis() {
  const program = programOf('redis-server');
  if (!program) return null;
  const folder = mkdtempSync(join(tmpdir(), 'xuekao-redis-'));
  const port = await freePort();
  const server = spawn(
    program,
    ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'],
    { stdio: 'ignore' },
  );
  const child = owned(server);
  await waitForPort(port, child, program);
  return { url: `redis://127.0.0.1:${port}`, stop: endOf(child, folder) };
}
