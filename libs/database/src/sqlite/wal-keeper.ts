import { Worker } from 'node:worker_threads';
import { GatheredSync } from './gathered-sync.js';

/**
 * Waits for the disk in a thread of its own. It knows no table: it syncs the log and moves what is in it into the file. A pool
 * that others fill, such as Node's with passwords to be hashed, would hold up every commit behind them.
 */
const work = `
const { closeSync, fdatasyncSync, openSync } = require('node:fs');
const { DatabaseSync } = require('node:sqlite');
const { parentPort, workerData } = require('node:worker_threads');
const { file, quietMs, latestMs } = workerData;
const database = new DatabaseSync(file, { timeout: 0 });
database.exec('PRAGMA wal_autocheckpoint = 0');
const checkpoint = database.prepare('PRAGMA wal_checkpoint(PASSIVE)');
let log = null;
let timer = null;
let since = null;
function movePages() {
  since = null;
  try { checkpoint.all(); } catch { /* another one is at it, or the disk is full: the writer's own comes in the end */ }
}
parentPort.on('message', (message) => {
  if (message === 'close') {
    clearTimeout(timer);
    if (log !== null) closeSync(log);
    database.close();
    parentPort.postMessage({ closed: true });
    parentPort.close();
    return;
  }
  try {
    log ??= openSync(file + '-wal', 'r+');
    fdatasyncSync(log);
    parentPort.postMessage({});
  } catch (error) {
    parentPort.postMessage({ error: error.message });
  }
  const now = Date.now();
  since ??= now;
  clearTimeout(timer);
  timer = setTimeout(movePages, Math.max(0, Math.min(quietMs, since + latestMs - now)));
});
`;

export interface CheckpointPace {
  /** Pages are moved in the first pause of so long, so that no commit waits behind them, */
  readonly quietMs: number;
  /** and so long after the first commit at the latest. */
  readonly latestMs: number;
}

const usualPace: CheckpointPace = { quietMs: 1_000, latestMs: 10_000 };

interface Answer {
  readonly error?: string;
  readonly closed?: true;
}

/**
 * Keeps the write-ahead log of an SQLite file: makes commits durable and empties the log, both without the event loop waiting
 * for the disk. SQLite's own way (`synchronous = FULL`, checkpoints within a commit) does the same work on the main thread.
 */
export class WalKeeper {
  private readonly worker: Worker;
  private readonly sync = new GatheredSync(() => this.ask('sync'));
  private end: Error | null = null;
  /** Questions under way, in the order of their answers. */
  private readonly waiting: ((answer: Answer | Error) => void)[] = [];

  constructor(file: string, pace: CheckpointPace = usualPace) {
    this.worker = new Worker(work, {
      eval: true,
      workerData: { file, ...pace },
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    this.worker.on('message', (answer: Answer) => this.settle(answer));
    this.worker.on('error', (error) => this.ended(error));
    this.worker.on('exit', () => this.ended(new Error(`The keeper of ${file}-wal has ended`)));
    this.worker.unref();
  }

  /** Resolves when everything committed before the call has reached the disk. */
  durable(): Promise<void> {
    return this.sync.done();
  }

  /** To be called before the last writer closes the file. */
  async close(): Promise<void> {
    await this.sync.settled();
    await this.ask('close').catch(() => undefined);
    await this.worker.terminate();
  }

  /**
   * The process stays alive while a question is under way. A commit may still come while the file is being closed: its question
   * stands behind that one, and is answered by the keeper's end.
   */
  private ask(question: 'sync' | 'close'): Promise<void> {
    if (this.end) return Promise.reject(this.end);
    this.worker.ref();
    return new Promise((resolve, reject) => {
      this.waiting.push((answer) => {
        if (answer instanceof Error) reject(answer);
        else if (answer.error !== undefined) reject(new Error(answer.error));
        else resolve();
      });
      this.worker.postMessage(question);
    });
  }

  private ended(cause: Error): void {
    this.end ??= cause;
    while (this.waiting.length > 0) this.settle(this.end);
  }

  private settle(answer: Answer | Error): void {
    this.waiting.shift()?.(answer);
    if (this.waiting.length === 0) this.worker.unref();
  }
}
