import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';

/** Reads `+ pid` and `- pid` until nobody writes any more, however the writer ended; then kills what is still there. */
const watching = `
trap '' HUP INT TERM
pids=' '
while read -r sign pid; do
  case $sign in
    +) pids="$pids$pid " ;;
    -) pids="\${pids%% $pid *} \${pids#* $pid }" ;;
  esac
done
[ -z "\${pids# }" ] || kill -9 $pids
`;

const alive = new Set<ChildProcess>();
const ends: (() => Promise<unknown>)[] = [];
let watcher: Socket | undefined;
let isOver = false;

/**
 * Every process that a test starts goes through here: it ends with its spec file, also where the hook that started it timed out
 * and nobody holds it, and with this process, also where that is killed.
 */
export function owned<T extends ChildProcess>(child: T): T {
  const { pid } = child;
  if (pid === undefined) return child;
  alive.add(child);
  watcher ??= startWatcher();
  watcher.write(`+ ${pid}\n`);
  child.once('exit', () => {
    alive.delete(child);
    watcher?.write(`- ${pid}\n`);
  });
  // Whoever was on the way to start one more when the time was over.
  if (isOver) child.kill('SIGKILL');
  return child;
}

/** For what is no process of its own making: called at the end of the spec file, after all processes have ended. */
export function atTheEnd(end: () => Promise<unknown>): void {
  ends.push(end);
}

function startWatcher(): Socket {
  const shell = spawn('/bin/sh', ['-c', watching], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  shell.unref();
  const pipe = shell.stdin as unknown as Socket;
  pipe.unref();
  pipe.on('error', () => undefined);
  return pipe;
}

async function endAll(): Promise<void> {
  isOver = true;
  const gone = [...alive].map((child) => new Promise((resolve) => child.once('exit', resolve)));
  for (const child of alive) child.kill('SIGKILL');
  await Promise.all(gone);
  await Promise.allSettled(ends.map((end) => end()));
  watcher?.end();
}

// Before the hooks of any suite were declared, so that it runs after theirs.
if (typeof afterAll === 'function') afterAll(endAll, 60_000);
