import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Permit } from '@xuekao/platform';
import {
  MaterialDetailDto,
  MaterialEditDto,
  MaterialListQuery,
  MaterialPageDto,
  MaterialSummaryDto,
  NewMaterialDto,
} from './material.dto.js';
import { MaterialService } from './material.service.js';
import type { MaterialDetail } from './material.service.js';
import type { MaterialRow } from './question.entity.js';
import { changedDto } from './question.presenter.js';

function summaryDto({ id, code, title, topic, updatedAt, version }: MaterialRow): MaterialSummaryDto {
  return { id, code, title, topic, updatedAt, version };
}

function detailDto({ row, version, questions }: MaterialDetail): MaterialDetailDto {
  const { number, id: versionId, body: text, pictures } = version;
  const shown = { number, versionId, text, pictures: [...pictures] };
  return { ...summaryDto(row), ...shown, questions: questions.map(changedDto) };
}

@ApiTags('bank')
@Controller('question-materials')
export class MaterialController {
  constructor(private readonly materials: MaterialService) {}

  @Get()
  @Permit('bank.read')
  @ApiOkResponse({ type: MaterialPageDto })
  async list(@Query() { q, cursor, limit }: MaterialListQuery): Promise<MaterialPageDto> {
    const page = await this.materials.list({ limit, ...(q ? { q } : {}), ...(cursor ? { cursor } : {}) });
    return { items: page.items.map(summaryDto), nextCursor: page.nextCursor, total: page.total };
  }

  @Get(':id')
  @Permit('bank.read')
  @ApiOkResponse({ type: MaterialDetailDto })
  async get(@Param('id') id: string): Promise<MaterialDetailDto> {
    return detailDto(await this.materials.get(id));
  }

  @Post()
  @Permit('bank.edit')
  @ApiCreatedResponse({ type: MaterialSummaryDto })
  async create(@Body() { code, ...input }: NewMaterialDto): Promise<MaterialSummaryDto> {
    return summaryDto(await this.materials.create(code, input));
  }

  @Put(':id')
  @Permit('bank.edit')
  @ApiOkResponse({ type: MaterialDetailDto, description: 'its questions are drafts again, about the new text' })
  async edit(@Param('id') id: string, @Body() { version, ...input }: MaterialEditDto): Promise<MaterialDetailDto> {
    return detailDto(await this.materials.edit(id, version, input));
  }
}
