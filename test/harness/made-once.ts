import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Long enough for the slowest thing that is made once, on a slow machine. */
const patienceMs = 240_000;

/** Makes the folder `path` unless it is there; of several processes that want it at once, one makes it and the others wait. */
export async function madeOnce(path: string, make: (folder: string) => Promise<void>): Promise<string> {
  const making = `${path}.making`;
  const giveUpAt = Date.now() + patienceMs;
  while (!existsSync(path)) {
    if (Date.now() > giveUpAt) throw new Error(`${making} has been there for minutes: remove it`);
    if (!isMine(making)) {
      await pause(100);
      continue;
    }
    try {
      await make(making);
      renameSync(making, path);
    } catch (error) {
      rmSync(making, { recursive: true, force: true });
      throw error;
    }
  }
  return path;
}

function isMine(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
