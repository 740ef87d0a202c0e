import { Controller, Get, Inject, Optional, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { UnitOfWork } from '@xuekao/database';
import { Public, RedisConnections, SettingRow } from '@xuekao/platform';

const withinMs = 2000;

type Check = 'up' | 'down';

/** For load balancers and people: 200 when this process can do its work, 503 and what is down when it cannot. */
@ApiExcludeController()
@Controller('health')
@Public()
export class HealthController {
  constructor(
    private readonly uow: UnitOfWork,
    @Optional() @Inject(RedisConnections) private readonly redis: RedisConnections | null,
  ) {}

  @Get()
  async health(
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ status: Check; checks: Record<string, Check> }> {
    const checks: Record<string, Check> = {
      database: await answer(() => this.uow.manager.findOneBy(SettingRow, { name: 'health' })),
      ...(this.redis ? { redis: await answer(() => this.redis!.commands.ping()) } : {}),
    };
    const status = Object.values(checks).every((check) => check === 'up') ? 'up' : 'down';
    void reply.status(status === 'up' ? 200 : 503).header('cache-control', 'no-store');
    return { status, checks };
  }
}

async function answer(ask: () => Promise<unknown>): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Check>((resolve) => {
    timer = setTimeout(() => resolve('down'), withinMs);
  });
  const asked = ask().then(
    (): Check => 'up',
    (): Check => 'down',
  );
  const check = await Promise.race([asked, late]);
  clearTimeout(timer);
  return check;
}
