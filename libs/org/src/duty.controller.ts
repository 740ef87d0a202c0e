import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Permit } from '@xuekao/platform';
import {
  AcceptTransferDto,
  CancelTransferDto,
  ExemptionDto,
  ExemptionListDto,
  GrantExemptionDto,
  GrantRoleDto,
  HeldRoleDto,
  HeldRoleListDto,
  RoleListQuery,
  StartTransferDto,
  TransferDto,
  TransferListQuery,
  TransferPageDto,
} from './duty.dto.js';
import { ExemptionService } from './exemption.service.js';
import { MemberDirectory } from './member.directory.js';
import type { ExemptionEntity, HeldRoleEntity, TransferEntity } from './org.entity.js';
import { RoleService } from './role.service.js';
import { TransferService } from './transfer.service.js';
import { EndDto } from './unit.dto.js';

export function shownRole({ id, memberId, role, unitId, from, to, reason }: HeldRoleEntity): HeldRoleDto {
  return { id, memberId, role, unitId, from, to, reason };
}

export function shownTransfer(row: TransferEntity): TransferDto {
  const { id, memberId, tree, fromUnitId, toUnitId, state, startedOn, endedOn, letterNumber, reason } = row;
  return { id, memberId, tree, fromUnitId, toUnitId, state, startedOn, endedOn, letterNumber, reason };
}

export function shownExemption(row: ExemptionEntity): ExemptionDto {
  const { id, memberId, unitId, reason, note, approvedBy, from, to } = row;
  return { id, memberId, unitId, reason, note, approvedBy, from, to };
}

async function named<T extends { memberId: string; memberName?: string }>(
  directory: MemberDirectory,
  rows: readonly T[],
): Promise<T[]> {
  const cards = await directory.byIds(rows.map((row) => row.memberId));
  return rows.map((row) => ({ ...row, memberName: cards.get(row.memberId)?.name ?? '' }));
}

@ApiTags('org')
@Controller('transfers')
export class TransferController {
  constructor(
    private readonly transfers: TransferService,
    private readonly directory: MemberDirectory,
  ) {}

  @Get()
  @Permit('org.read')
  @ApiOkResponse({ type: TransferPageDto })
  async list(@Query() query: TransferListQuery): Promise<TransferPageDto> {
    const page = await this.transfers.list(query);
    return { ...page, items: await named(this.directory, page.items.map(shownTransfer)) };
  }

  @Post()
  @Permit('org.write')
  @ApiCreatedResponse({ type: TransferDto })
  async start(@Body() body: StartTransferDto): Promise<TransferDto> {
    return shownTransfer(await this.transfers.start(body));
  }

  @Post(':id/accept')
  @HttpCode(200)
  @Permit('org.write')
  @ApiOkResponse({ type: TransferDto })
  async accept(@Param('id', ParseUUIDPipe) id: string, @Body() body: AcceptTransferDto): Promise<TransferDto> {
    return shownTransfer(await this.transfers.accept(id, body.acceptedOn));
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Permit('org.write')
  @ApiOkResponse({ type: TransferDto })
  async cancel(@Param('id', ParseUUIDPipe) id: string, @Body() body: CancelTransferDto): Promise<TransferDto> {
    return shownTransfer(await this.transfers.cancel(id, body.reason));
  }
}

@ApiTags('org')
@Controller('roles')
export class RoleController {
  constructor(
    private readonly roles: RoleService,
    private readonly directory: MemberDirectory,
  ) {}

  @Get()
  @Permit('org.read')
  @ApiOkResponse({ type: HeldRoleListDto })
  async list(@Query() query: RoleListQuery): Promise<HeldRoleListDto> {
    return { items: await named(this.directory, (await this.roles.list(query.unitId)).map(shownRole)) };
  }

  @Post()
  @Permit('role.grant', 'system.manage')
  @ApiCreatedResponse({ type: HeldRoleDto })
  async grant(@Body() body: GrantRoleDto): Promise<HeldRoleDto> {
    return shownRole(await this.roles.grant(body));
  }

  @Post(':id/end')
  @HttpCode(200)
  @Permit('role.grant', 'system.manage')
  @ApiOkResponse({ type: HeldRoleDto })
  async end(@Param('id', ParseUUIDPipe) id: string, @Body() body: EndDto): Promise<HeldRoleDto> {
    return shownRole(await this.roles.end(id, body.on, body.reason));
  }
}

@ApiTags('org')
@Controller('exemptions')
export class ExemptionController {
  constructor(
    private readonly exemptions: ExemptionService,
    private readonly directory: MemberDirectory,
  ) {}

  @Get()
  @Permit('org.read')
  @ApiOkResponse({ type: ExemptionListDto })
  async list(): Promise<ExemptionListDto> {
    return { items: await named(this.directory, (await this.exemptions.list()).map(shownExemption)) };
  }

  @Post()
  @Permit('org.write')
  @ApiCreatedResponse({ type: ExemptionDto })
  async grant(@Body() body: GrantExemptionDto): Promise<ExemptionDto> {
    return shownExemption(await this.exemptions.grant(body));
  }

  @Post(':id/end')
  @HttpCode(200)
  @Permit('org.write')
  @ApiOkResponse({ type: ExemptionDto })
  async end(@Param('id', ParseUUIDPipe) id: string, @Body() body: EndDto): Promise<ExemptionDto> {
    return shownExemption(await this.exemptions.end(id, body.on, body.reason));
  }
}
