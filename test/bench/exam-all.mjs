// npm run bench:exam [-- --quick] [-- --only saves,import,duplicates,statistics,regrade]: every figure that an exam is held to.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const parts = {
  saves: 'exam.mjs',
  import: 'bank-import.mjs',
  duplicates: 'bank-duplicates.mjs',
  statistics: 'exam-analysis.mjs',
  regrade: 'exam-regrade.mjs',
};
const at = process.argv.indexOf('--only');
const wanted = at < 0 ? Object.keys(parts) : process.argv[at + 1].split(',');
const unknown = wanted.find((name) => !(name in parts));
if (unknown) throw new Error(`No such part: ${unknown}; there are ${Object.keys(parts).join(', ')}`);
const others = process.argv.slice(2).filter((each, index) => at < 0 || (index + 2 !== at && index + 2 !== at + 1));

/** Runs one bench and gives the checks of its last line; a bench that ends without them is one failed check. */
function run(name) {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(here, parts[name]), ...others],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      process.stdout.write(chunk);
    });
    child.on('exit', (code) => {
      const last = text.trimEnd().split('\n').at(-1) ?? '';
      const found = last.startsWith('{') ? JSON.parse(last).checks : undefined;
      resolve(
        found ?? [{ name: `${name} ended with ${code}`, value: code, limit: 0, unit: 'exit', floor: null, ok: false }],
      );
    });
  });
}

const checks = [];
for (const name of wanted) checks.push(...(await run(name)));
console.table(checks);
console.log(JSON.stringify({ bench: 'exam', checks }));
process.exitCode = checks.every((check) => check.ok) ? 0 : 1;
