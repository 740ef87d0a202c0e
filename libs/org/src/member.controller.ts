import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
  Query,
  Req,
  StreamableFile,
} from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Permit } from '@xuekao/platform';
import {
  ChangeTypeDto,
  CreateMemberDto,
  EditMemberDto,
  ImportPreviewDto,
  ImportQuery,
  ImportResultDto,
  JoinDto,
  LeaveGroupQuery,
  MemberFileDto,
  MemberIdDto,
  MemberListQueryDto,
  MemberPageDto,
  MemberRowDto,
} from './member.dto.js';
import { LeavingService } from './leaving.service.js';
import { MemberQuery, type MemberRow } from './member.query.js';
import { MemberService } from './member.service.js';
import { PlaceService } from './place.service.js';
import { shownExemption, shownRole, shownTransfer } from './duty.controller.js';
import { RosterFileService } from './roster-file.service.js';
import { EndDto } from './unit.dto.js';
import { uploadedFile } from './uploaded-file.js';

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const fileBody = { schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } } };

function shownRow(row: MemberRow): MemberRowDto {
  const { id, staffNumber, name, type, partyUnitId, departmentUnitId, inTransit, version } = row;
  return { id, staffNumber, name, type, partyUnitId, departmentUnitId, inTransit, version };
}

@ApiTags('org')
@Controller('members')
export class MemberController {
  constructor(
    private readonly query: MemberQuery,
    private readonly members: MemberService,
    private readonly places: PlaceService,
    private readonly leaving: LeavingService,
    private readonly files: RosterFileService,
  ) {}

  @Get()
  @Permit('org.read')
  @ApiOkResponse({ type: MemberPageDto })
  async list(@Query() query: MemberListQueryDto): Promise<MemberPageDto> {
    const page = await this.query.list(query);
    return { ...page, items: page.items.map(shownRow) };
  }

  @Get('export')
  @Permit('org.read')
  @ApiProduces(xlsx)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @Header('content-disposition', `attachment; filename="roster.xlsx"`)
  async export(@Query() query: MemberListQueryDto): Promise<StreamableFile> {
    return new StreamableFile(await this.files.export(query), { type: xlsx });
  }

  @Get('import/template')
  @Permit('org.import')
  @ApiProduces(xlsx)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @Header('content-disposition', `attachment; filename="roster-template.xlsx"`)
  async template(): Promise<StreamableFile> {
    return new StreamableFile(await this.files.template(), { type: xlsx });
  }

  @Post('import/preview')
  @HttpCode(200)
  @Permit('org.import')
  @ApiConsumes('multipart/form-data')
  @ApiBody(fileBody)
  @ApiOkResponse({ type: ImportPreviewDto })
  async preview(@Req() request: FastifyRequest): Promise<ImportPreviewDto> {
    const { good, faults } = await this.files.preview(await uploadedFile(request));
    const rows = good.map(({ row, staffNumber, name, type }) => ({ row, staffNumber, name, type }));
    return { good: rows, faults: [...faults] };
  }

  @Post('import')
  @HttpCode(200)
  @Permit('org.import')
  @ApiConsumes('multipart/form-data')
  @ApiBody(fileBody)
  @ApiOkResponse({ type: ImportResultDto })
  async import(@Req() request: FastifyRequest, @Query() query: ImportQuery): Promise<ImportResultDto> {
    const { imported, faults } = await this.files.import(await uploadedFile(request), query.mode);
    return { imported, faults: [...faults] };
  }

  @Post()
  @Permit('org.write')
  @ApiCreatedResponse({ type: MemberIdDto })
  async create(@Body() body: CreateMemberDto): Promise<MemberIdDto> {
    const { partyUnitId = null, departmentUnitId = null, ...details } = body;
    const { id, version } = await this.members.create({ ...details, partyUnitId, departmentUnitId });
    return { id, version };
  }

  @Get(':id')
  @Permit('org.read')
  @ApiOkResponse({ type: MemberFileDto })
  async get(@Param('id', ParseUUIDPipe) id: string): Promise<MemberFileDto> {
    const file = await this.query.get(id);
    const { gender, joinedOn, fullSince, phone } = file;
    return {
      ...shownRow(file),
      gender,
      joinedOn,
      fullSince,
      phone,
      places: file.places.map(({ id, unitId, tree, standing, type, from, to }) => ({
        id,
        unitId,
        tree,
        standing,
        type,
        from,
        to,
      })),
      roles: file.roles.map(shownRole),
      transfers: file.transfers.map(shownTransfer),
      exemptions: file.exemptions.map(shownExemption),
    };
  }

  @Patch(':id')
  @Permit('org.write')
  @ApiOkResponse({ type: MemberIdDto })
  async edit(@Param('id', ParseUUIDPipe) id: string, @Body() body: EditMemberDto): Promise<MemberIdDto> {
    const { version, ...changes } = body;
    const edited = await this.members.edit(id, version, changes);
    return { id, version: edited.version };
  }

  @Post(':id/type')
  @HttpCode(204)
  @Permit('org.write')
  @ApiNoContentResponse()
  changeType(@Param('id', ParseUUIDPipe) id: string, @Body() body: ChangeTypeDto): Promise<void> {
    return this.places.changeType(id, body.type, body.on, body.reason);
  }

  @Post(':id/leave')
  @HttpCode(204)
  @Permit('org.write')
  @ApiNoContentResponse()
  leave(@Param('id', ParseUUIDPipe) id: string, @Body() body: EndDto): Promise<void> {
    return this.leaving.leave(id, body.on, body.reason);
  }

  @Post(':id/places')
  @HttpCode(204)
  @Permit('org.write')
  @ApiNoContentResponse()
  join(@Param('id', ParseUUIDPipe) id: string, @Body() body: JoinDto): Promise<void> {
    return this.places.join(id, body.unitId, body.type ?? null, body.on);
  }

  @Post(':id/groups')
  @HttpCode(204)
  @Permit('org.write')
  @ApiNoContentResponse()
  joinGroup(@Param('id', ParseUUIDPipe) id: string, @Body() body: JoinDto): Promise<void> {
    return this.places.joinGroup(id, body.unitId, body.on);
  }

  @Delete(':id/groups/:unitId')
  @HttpCode(204)
  @Permit('org.write')
  @ApiNoContentResponse()
  leaveGroup(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('unitId', ParseUUIDPipe) unitId: string,
    @Query() query: LeaveGroupQuery,
  ): Promise<void> {
    return this.places.leaveGroup(id, unitId, query.on);
  }
}
