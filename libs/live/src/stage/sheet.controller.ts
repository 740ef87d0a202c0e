import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Permit } from '@xuekao/platform';
import { SheetService } from './sheet.service.js';
import {
  NewStageSheetDto,
  StageSheetCheckDto,
  StageSheetDetailDto,
  StageSheetEditDto,
  StageSheetListDto,
  StageSheetSavedDto,
  StageSheetVerdictDto,
} from './stage.dto.js';

@ApiTags('live')
@Controller('live/stage-sheets')
export class SheetController {
  constructor(private readonly sheets: SheetService) {}

  @Get()
  @Permit('live.host')
  @ApiOkResponse({ type: StageSheetListDto })
  async list(): Promise<StageSheetListDto> {
    return { items: await this.sheets.list() };
  }

  @Get(':id')
  @Permit('live.host')
  @ApiOkResponse({ type: StageSheetDetailDto })
  get(@Param('id') id: string): Promise<StageSheetDetailDto> {
    return this.sheets.get(id);
  }

  /** Every fault of a sheet, and the questions it needs; nothing is stored. */
  @Post('check')
  @Permit('live.host')
  @HttpCode(200)
  @ApiOkResponse({ type: StageSheetVerdictDto })
  check(@Body() body: StageSheetCheckDto): StageSheetVerdictDto {
    return this.sheets.check(body);
  }

  @Post()
  @Permit('live.host')
  @ApiCreatedResponse({ type: StageSheetSavedDto })
  async create(@Body() { unitId, sheet }: NewStageSheetDto): Promise<StageSheetSavedDto> {
    const { id, version } = await this.sheets.create(unitId, sheet);
    return { id, version };
  }

  @Put(':id')
  @Permit('live.host')
  @ApiOkResponse({ type: StageSheetSavedDto })
  async change(@Param('id') id: string, @Body() body: StageSheetEditDto): Promise<StageSheetSavedDto> {
    const changed = await this.sheets.change(id, body.version, body.sheet);
    return { id, version: changed.version };
  }

  @Delete(':id')
  @Permit('live.host')
  @HttpCode(204)
  @ApiNoContentResponse()
  async remove(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.sheets.remove(id);
  }
}
