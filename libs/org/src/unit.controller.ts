import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { unitKindRules, unitKinds } from '@xuekao/contracts';
import { Access, Permit } from '@xuekao/platform';
import { RosterDto, RosterQueryDto } from './member.dto.js';
import type { UnitEntity } from './org.entity.js';
import { RosterService } from './roster.service.js';
import { Today } from './today.js';
import { CreateUnitDto, EditUnitDto, EndDto, UnitDto, UnitListDto, UnitListQuery } from './unit.dto.js';
import { UnitService } from './unit.service.js';

const shown = ({ rootKey: _rootKey, ...unit }: UnitEntity): UnitDto => ({
  ...unit,
  kindName: unitKinds[unit.kind],
  holds: unitKindRules[unit.kind].holds,
});

@ApiTags('org')
@Controller('units')
export class UnitController {
  constructor(
    private readonly units: UnitService,
    private readonly rosters: RosterService,
    private readonly access: Access,
    private readonly today: Today,
  ) {}

  @Get()
  @Permit('org.read', 'session.manage', 'exam.manage', 'live.host')
  @ApiOkResponse({ type: UnitListDto })
  async list(@Query() query: UnitListQuery): Promise<UnitListDto> {
    return { items: await this.units.list(query) };
  }

  @Post()
  @Permit('org.write')
  @ApiCreatedResponse({ type: UnitDto })
  async create(@Body() body: CreateUnitDto): Promise<UnitDto> {
    return shown(await this.units.create(body));
  }

  @Get(':id')
  @Permit('org.read')
  @ApiOkResponse({ type: UnitDto })
  get(@Param('id', ParseUUIDPipe) id: string): Promise<UnitDto> {
    return this.units.get(id);
  }

  @Patch(':id')
  @Permit('org.write')
  @ApiOkResponse({ type: UnitDto })
  async edit(@Param('id', ParseUUIDPipe) id: string, @Body() body: EditUnitDto): Promise<UnitDto> {
    const { version, ...changes } = body;
    return shown(await this.units.edit(id, version, changes));
  }

  @Post(':id/close')
  @HttpCode(200)
  @Permit('org.write')
  @ApiOkResponse({ type: UnitDto })
  async close(@Param('id', ParseUUIDPipe) id: string, @Body() body: EndDto): Promise<UnitDto> {
    return shown(await this.units.close(id, body.on, body.reason));
  }

  @Get(':id/roster')
  @Permit('org.read')
  @ApiOkResponse({ type: RosterDto })
  async roster(@Param('id', ParseUUIDPipe) id: string, @Query() query: RosterQueryDto): Promise<RosterDto> {
    await this.access.require('org.read', id);
    const { on = this.today.date(), ...options } = query;
    const entries = await this.rosters.rosterOn([id], on, options);
    const count = (of: 'due' | 'votes'): number => entries.filter((entry) => entry[of]).length;
    return { on, due: count('due'), votes: count('votes'), entries };
  }
}
