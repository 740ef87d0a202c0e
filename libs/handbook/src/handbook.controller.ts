import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
  Put,
  Query,
  Res,
} from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Permit, PermitMember } from '@xuekao/platform';
import { ContentImportService } from './content-import.service.js';
import { CurrentHandbook } from './current-handbook.js';
import {
  EditionTextDto,
  NewHandbookNoteDto,
  HandbookNoteRevisionDto,
  ReadingPositionDto,
  HandbookSearchQueryDto,
  HandbookVisitDto,
} from './handbook.dto.js';
import {
  HandbookEntryDto,
  entryView,
  HandbookFavouritesDto,
  favouritesView,
  handbookView,
  HandbookHitsDto,
  hitsView,
  EditionImportDto,
  importView,
  HandbookNoteDto,
  HandbookNotesDto,
  noteView,
  OwnHandbookDto,
  OwnReadingPositionDto,
  positionView,
  HandbookReadingDto,
  readingView,
} from './handbook.view.js';
import { ReaderService } from './reader.service.js';

/** The part of a reply that the whole text needs; Fastify's fits. */
interface Reply {
  status(code: number): unknown;
  header(name: string, value: string): unknown;
}

/** The handbook as a member reads it. */
@ApiTags('handbook')
@Controller('handbook')
@PermitMember()
export class HandbookController {
  constructor(
    private readonly reader: ReaderService,
    private readonly handbook: CurrentHandbook,
  ) {}

  @Get('chapters')
  @ApiOkResponse({ type: OwnHandbookDto })
  async chapters(): Promise<OwnHandbookDto> {
    const { handbook, chapters } = await this.reader.chapters();
    return handbookView(handbook, chapters);
  }

  /** The whole text for reading offline; answers 304 where the device has it. */
  @Get('text')
  @ApiOkResponse({
    schema: { type: 'object', description: 'title, edition, preface, publishedAt, chapters with entries' },
  })
  async text(
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<string | undefined> {
    const { edition, json } = await this.handbook.get();
    const tag = `"${edition.checksum}"`;
    reply.header('etag', tag);
    reply.header('cache-control', 'private, no-cache');
    if (known?.split(/\s*,\s*/).some((each) => each.replace(/^W\//, '') === tag)) {
      reply.status(304);
      return undefined;
    }
    reply.header('content-type', 'application/json; charset=utf-8');
    return json;
  }

  @Get('search')
  @ApiOkResponse({ type: HandbookHitsDto })
  async search(@Query() { q, limit }: HandbookSearchQueryDto): Promise<HandbookHitsDto> {
    return hitsView(await this.reader.search(q, limit));
  }

  @Get('entries/:key')
  @ApiOkResponse({ type: HandbookEntryDto })
  async entry(@Param('key') key: string): Promise<HandbookEntryDto> {
    return entryView(await this.reader.entry(key));
  }

  @Post('entries/:key/read')
  @HttpCode(200)
  @ApiOkResponse({ type: HandbookReadingDto })
  async markRead(@Param('key') key: string, @Body() visit: HandbookVisitDto): Promise<HandbookReadingDto> {
    return readingView(await this.reader.markRead(key, visit));
  }

  @Get('position')
  @ApiOkResponse({ type: OwnReadingPositionDto })
  async position(): Promise<OwnReadingPositionDto> {
    return positionView(await this.reader.position());
  }

  @Put('position')
  @ApiOkResponse({ type: OwnReadingPositionDto })
  async keepPosition(@Body() { key, scrollPermille }: ReadingPositionDto): Promise<OwnReadingPositionDto> {
    return positionView(await this.reader.keepPosition(key, scrollPermille));
  }

  @Get('favourites')
  @ApiOkResponse({ type: HandbookFavouritesDto })
  async favourites(): Promise<HandbookFavouritesDto> {
    return favouritesView(await this.reader.favourites());
  }

  @Put('entries/:key/favourite')
  @HttpCode(204)
  @ApiNoContentResponse()
  async addFavourite(@Param('key') key: string): Promise<void> {
    await this.reader.setFavourite(key, true);
  }

  @Delete('entries/:key/favourite')
  @HttpCode(204)
  @ApiNoContentResponse()
  async removeFavourite(@Param('key') key: string): Promise<void> {
    await this.reader.setFavourite(key, false);
  }

  @Get('notes')
  @ApiOkResponse({ type: HandbookNotesDto })
  async notes(): Promise<HandbookNotesDto> {
    return { items: (await this.reader.notes()).map(noteView) };
  }

  @Post('entries/:key/notes')
  @ApiCreatedResponse({ type: HandbookNoteDto })
  async addNote(@Param('key') key: string, @Body() { text, quote }: NewHandbookNoteDto): Promise<HandbookNoteDto> {
    return noteView(await this.reader.addNote(key, text, quote ?? null));
  }

  @Patch('notes/:id')
  @ApiOkResponse({ type: HandbookNoteDto })
  async reviseNote(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: HandbookNoteRevisionDto,
  ): Promise<HandbookNoteDto> {
    return noteView(await this.reader.reviseNote(id, body.text, body.version));
  }

  @Delete('notes/:id')
  @HttpCode(204)
  @ApiNoContentResponse()
  async removeNote(@Param('id', ParseUUIDPipe) id: string): Promise<void> {
    await this.reader.removeNote(id);
  }
}

/** Publishing editions. */
@ApiTags('handbook')
@Controller('handbook/editions')
@Permit('handbook.edit')
export class EditionController {
  constructor(private readonly imports: ContentImportService) {}

  @Post()
  @HttpCode(200)
  @ApiOkResponse({ type: EditionImportDto })
  async publish(@Body() content: EditionTextDto): Promise<EditionImportDto> {
    return importView(await this.imports.importContent(content));
  }
}
