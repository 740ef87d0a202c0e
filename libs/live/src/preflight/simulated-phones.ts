import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { phonesProcess } from './phones-process.js';
import type { PhonesOrder, PhonesReport } from './phones-process.js';

const answerWithinMs = 60_000;

/** The process of simulated phones, as its parent sees it. */
export class SimulatedPhones {
  private readonly child: ChildProcess;

  constructor() {
    const source = `(${phonesProcess.toString()})()`;
    const env = { PATH: process.env.PATH ?? '' };
    const stdio = ['ignore', 'ignore', 'ignore', 'ipc'] as const;
    this.child = spawn(process.execPath, ['--eval', source], { stdio: [...stdio], env });
  }

  /** The report on one order; rejects when the process has ended or takes longer than a minute. */
  tell(order: PhonesOrder): Promise<PhonesReport> {
    return new Promise((resolve, reject) => {
      const finish = (act: () => void): void => {
        clearTimeout(timer);
        this.child.off('message', heard);
        this.child.off('exit', ended);
        act();
      };
      const heard = (report: unknown): void => finish(() => resolve(report as PhonesReport));
      const ended = (): void => finish(() => reject(new Error('The process of simulated phones has ended')));
      const timer = setTimeout(
        () => finish(() => reject(new Error('The simulated phones are silent'))),
        answerWithinMs,
      );
      this.child.once('message', heard);
      this.child.once('exit', ended);
      this.child.once('error', ended);
      this.child.send(order, (error) => (error ? ended() : undefined));
    });
  }

  end(): void {
    this.child.kill('SIGKILL');
  }
}
