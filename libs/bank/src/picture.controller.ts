import { Controller, Get, Param, Post, Req, Res, StreamableFile } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiProduces,
  ApiProperty,
  ApiTags,
} from '@nestjs/swagger';
import { pictureTypes } from '@xuekao/contracts';
import type { PictureType } from '@xuekao/contracts';
import { Permit, PermitSignedIn, uploadedFile } from '@xuekao/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PictureService } from './picture.service.js';

export class PictureUploadedDto {
  @ApiProperty({ description: 'SHA-256 of the cleaned bytes' }) id!: string;
  @ApiProperty({ enum: pictureTypes }) mediaType!: PictureType;
  @ApiProperty() bytes!: number;
  @ApiProperty({ description: 'pixels' }) width!: number;
  @ApiProperty() height!: number;
}

const endings: Readonly<Record<PictureType, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
};

@ApiTags('bank')
@Controller('question-pictures')
export class PictureController {
  constructor(private readonly pictures: PictureService) {}

  @Post()
  @Permit('bank.edit')
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } } })
  @ApiCreatedResponse({ type: PictureUploadedDto })
  async upload(@Req() request: FastifyRequest): Promise<PictureUploadedDto> {
    const { id, mediaType, bytes, width, height } = await this.pictures.upload(await uploadedFile(request));
    return { id, mediaType, bytes, width, height };
  }

  /** Its name is its content, so it may be kept for ever, but by this person's browser alone. */
  @Get(':id')
  @PermitSignedIn()
  @ApiProduces(...pictureTypes)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async read(@Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<StreamableFile> {
    const { row, bytes } = await this.pictures.read(id);
    void reply.headers({
      'cache-control': 'private, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
    const disposition = `inline; filename="${id.slice(0, 12)}.${endings[row.mediaType]}"`;
    return new StreamableFile(bytes, { type: row.mediaType, disposition, length: bytes.length });
  }
}
