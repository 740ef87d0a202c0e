import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@xuekao/database';
import type { Instant } from '@xuekao/kernel';
import { AppClock, Settings } from '@xuekao/platform';
import type { PreflightFigures, PreflightVerdict } from '../core/preflight-verdict.js';

/** The newest pre-flight of the installation. */
export interface PreflightRun {
  readonly id: string;
  readonly phones: number;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  /** 0 to 100. */
  readonly percent: number;
  readonly askedAt: Instant;
  /** The last word of the process that runs it. */
  readonly toldAt: Instant;
  /** The process that runs it. */
  readonly runner: string | null;
  /** The room of the simulated phones, until it is erased. */
  readonly roomId: string | null;
  readonly figures: PreflightFigures | null;
  readonly verdict: PreflightVerdict | null;
}

const settingName = 'live.preflight';
const formerName = 'live.preflight.former';
const keptFormer = 9;
/** A run whose process has not said a word for so long has died with it. */
const silentMs = 30_000;

/** The one pre-flight that may run and the last ones that did, where every process of the installation finds them. */
@Injectable()
export class PreflightRecord {
  constructor(
    private readonly settings: Settings,
    private readonly clock: AppClock,
    private readonly uow: UnitOfWork,
  ) {}

  async newest(): Promise<PreflightRun | null> {
    const run = (await this.settings.get(settingName)) as PreflightRun | undefined;
    if (!run) return null;
    return isOpen(run) && this.clock.now() - run.toldAt > silentMs ? { ...run, state: 'failed' } : run;
  }

  /** The newest and those before it, newest first. */
  async all(): Promise<PreflightRun[]> {
    const newest = await this.newest();
    return newest ? [newest, ...(await this.former())] : [];
  }

  private async former(): Promise<readonly PreflightRun[]> {
    return ((await this.settings.get(formerName)) as readonly PreflightRun[] | undefined) ?? [];
  }

  /** Changes the run as it is now; null where it is another one meanwhile, or `change` gives none. */
  change(id: string | null, change: (run: PreflightRun | null) => PreflightRun | null): Promise<PreflightRun | null> {
    return this.uow.run(async () => {
      const run = await this.newest();
      if (id !== null && run?.id !== id) return null;
      const changed = change(run);
      if (changed && run && changed.id !== run.id) {
        const former = [{ ...run, roomId: null }, ...(await this.former())].slice(0, keptFormer);
        await this.settings.set(formerName, former);
      }
      if (changed) await this.settings.set(settingName, { ...changed, toldAt: this.clock.now() });
      return changed;
    });
  }
}

export const isOpen = ({ state }: PreflightRun): boolean => state === 'waiting' || state === 'running';
