import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Permit } from '@xuekao/platform';
import { NewPreflightDto, preflightDto, PreflightDto, PreflightListDto } from './preflight.dto.js';
import { PreflightService } from './preflight.service.js';

/** "Will this server hold?" Start it, then ask every second until `state` is `done` or `failed`. */
@ApiTags('live')
@Controller('live/preflight')
export class PreflightController {
  constructor(private readonly preflight: PreflightService) {}

  @Post()
  @Permit('live.host')
  @HttpCode(202)
  @ApiAcceptedResponse({ type: PreflightDto })
  async start(@Body() { phones, force = false }: NewPreflightDto): Promise<PreflightDto> {
    return preflightDto(await this.preflight.start(phones, force));
  }

  @Get()
  @Permit('live.host')
  @ApiOkResponse({ type: PreflightListDto })
  async list(): Promise<PreflightListDto> {
    return { items: (await this.preflight.list()).map(preflightDto) };
  }

  @Get(':id')
  @Permit('live.host')
  @ApiOkResponse({ type: PreflightDto })
  async get(@Param('id', ParseUUIDPipe) id: string): Promise<PreflightDto> {
    return preflightDto(await this.preflight.get(id));
  }
}
