import { hostname } from 'node:os';
import type { AddressInfo } from 'node:net';
import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { newId } from '@xuekao/kernel';
import { WakeSignal } from '@xuekao/platform';
import { preflightVerdict } from '../core/preflight-verdict.js';
import { HallRehearsal } from './hall-rehearsal.js';
import { PreflightRecord } from './preflight-record.js';
import type { PreflightRun } from './preflight-record.js';
import { SimulatedPhones } from './simulated-phones.js';

/** Runs pre-flights in a process that holds sockets, against its own port. */
@Injectable()
export class PreflightRunner implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('preflight');
  private readonly name = `${hostname()}:${process.pid}:${newId()}`;
  private phones: SimulatedPhones | null = null;
  private running: Promise<void> | null = null;

  constructor(
    private readonly record: PreflightRecord,
    private readonly rehearsal: HallRehearsal,
    private readonly signal: WakeSignal,
    private readonly host: HttpAdapterHost,
  ) {}

  onApplicationBootstrap(): void {
    this.signal.on('preflight', () => this.wake());
  }

  async onApplicationShutdown(): Promise<void> {
    this.phones?.end();
    await this.running;
  }

  private wake(): void {
    this.running ??= this.runWaiting()
      .catch((error: unknown) => this.logger.error({ event: 'preflight.not-run', err: error }))
      .finally(() => {
        this.running = null;
      });
  }

  private async runWaiting(): Promise<void> {
    const waiting = await this.record.newest();
    const address = this.host.httpAdapter.getHttpServer().address() as AddressInfo | null;
    if (waiting?.state !== 'waiting' || !address) return;
    const taken = await this.record.change(waiting.id, (run) =>
      run?.state === 'waiting' ? { ...run, state: 'running', runner: this.name } : null,
    );
    // Of two processes that took it at once the last one to write has it.
    if (!taken || (await this.record.newest())?.runner !== this.name) return;
    await this.run(taken, address);
  }

  private async run(run: PreflightRun, address: AddressInfo): Promise<void> {
    const tell = async (change: Partial<PreflightRun>): Promise<void> => {
      const told = await this.record.change(run.id, (now) => now && { ...now, ...change });
      if (!told) throw new Error(`Pre-flight ${run.id} was replaced by another`);
    };
    this.phones = new SimulatedPhones();
    try {
      if (run.roomId !== null) await this.rehearsal.erase(run.roomId);
      const figures = await this.rehearsal.measure({
        phones: this.phones,
        count: run.phones,
        host: isAnyAddress(address.address) ? '127.0.0.1' : address.address,
        port: address.port,
        told: (percent, roomId) => tell({ percent, roomId }),
      });
      await tell({ state: 'done', percent: 100, roomId: null, figures, verdict: preflightVerdict(figures) });
    } catch (error) {
      this.logger.warn({ event: 'preflight.failed', err: error });
      await tell({ state: 'failed' });
    } finally {
      this.phones.end();
      this.phones = null;
    }
  }
}

const isAnyAddress = (address: string): boolean => address === '::' || address === '0.0.0.0';
