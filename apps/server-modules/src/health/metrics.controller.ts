import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { collectDefaultMetrics, Gauge, register, Registry } from 'prom-client';
import { UnitOfWork } from '@xuekao/database';
import { AppClock, JobRow, OutboxEventRow, Public } from '@xuekao/platform';

/** Prometheus text: the process, its sockets and rooms, and how far the background work is behind. Keep it off the open net. */
@ApiExcludeController()
@Controller('metrics')
@Public()
export class MetricsController {
  private readonly backlog = new Registry();

  constructor(
    private readonly uow: UnitOfWork,
    private readonly clock: AppClock,
  ) {
    if (!register.getSingleMetric('process_cpu_user_seconds_total')) collectDefaultMetrics();
    this.measure('xuekao_outbox_waiting', 'Events that some subscriber has not had yet', () => this.waitingEvents());
    this.measure('xuekao_jobs_overdue', 'Jobs that are due and not done', () => this.overdueJobs());
  }

  @Get()
  @Header('content-type', Registry.PROMETHEUS_CONTENT_TYPE)
  async metrics(): Promise<string> {
    return `${await register.metrics()}\n${await this.backlog.metrics()}`;
  }

  private measure(name: string, help: string, count: () => Promise<number>): void {
    new Gauge({
      name,
      help,
      registers: [this.backlog],
      async collect() {
        this.set(await count());
      },
    });
  }

  private waitingEvents(): Promise<number> {
    return this.uow.manager.createQueryBuilder(OutboxEventRow, 'event').where('event.deliveredAt IS NULL').getCount();
  }

  private overdueJobs(): Promise<number> {
    return this.uow.manager
      .createQueryBuilder(JobRow, 'job')
      .where("job.state = 'waiting' AND job.runAt <= :now", { now: this.clock.now() })
      .getCount();
  }
}
