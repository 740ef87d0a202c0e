import { Controller, Get, Param, Post, Req, StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Permit, PermitMember, Public } from '@xuekao/platform';
import type { FastifyRequest } from 'fastify';
import { documentDownload, docx, pdf } from '../file-response.js';
import { certificateNumber } from '../core/index.js';
import { CertificateDto, CertificateListDto, VerifiedCertificateDto } from './certificate.dto.js';
import type { ShownCertificate } from './certificate.store.js';
import { CertificateService } from './certificate.service.js';

/** Where this request came in: the address that the QR codes lead to. */
const originOf = (request: FastifyRequest): string => `${request.protocol}://${request.host}`;

function certificateDto(certificate: ShownCertificate): CertificateDto {
  const { id, code, examId, title, memberId, name, unitName, issuedOn, state, stateAt, revokedBy } = certificate;
  const number = certificateNumber(certificate);
  return { id, number, code, examId, title, memberId, name, unitName, issuedOn, state, stateAt, revokedBy };
}

@ApiTags('exam certificates')
@Controller()
export class CertificateController {
  constructor(private readonly certificates: CertificateService) {}

  @Post('exams/:id/certificates')
  @Permit('exam.manage')
  @ApiCreatedResponse({ type: CertificateListDto, description: 'all of the exam, the new ones among them' })
  async issue(@Param('id') id: string): Promise<CertificateListDto> {
    return { items: (await this.certificates.issue(id)).map(certificateDto) };
  }

  @Get('exams/:id/certificates')
  @Permit('exam.manage')
  @ApiOkResponse({ type: CertificateListDto })
  async ofExam(@Param('id') id: string): Promise<CertificateListDto> {
    return { items: (await this.certificates.ofExam(id)).map(certificateDto) };
  }

  @Get('me/certificates')
  @PermitMember()
  @ApiOkResponse({ type: CertificateListDto })
  async mine(): Promise<CertificateListDto> {
    return { items: (await this.certificates.mine()).map(certificateDto) };
  }

  @Get('me/certificates/:id/document.docx')
  @PermitMember()
  @ApiProduces(docx)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async document(@Param('id') id: string, @Req() request: FastifyRequest): Promise<StreamableFile> {
    const { certificate, file } = await this.certificates.document(id, originOf(request));
    return documentDownload(file, `${certificateNumber(certificate)}-合格证书.docx`, docx);
  }

  @Get('me/certificates/:id/document.pdf')
  @PermitMember()
  @ApiProduces(pdf)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async sheet(@Param('id') id: string, @Req() request: FastifyRequest): Promise<StreamableFile> {
    const { certificate, file } = await this.certificates.sheet(id, originOf(request));
    return documentDownload(file, `${certificateNumber(certificate)}-合格证书.pdf`, pdf);
  }

  @Get('exams/:id/certificates/document.pdf')
  @Permit('exam.manage')
  @ApiProduces(pdf)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' }, description: 'all valid ones, a page each' })
  async batch(@Param('id') id: string, @Req() request: FastifyRequest): Promise<StreamableFile> {
    const { title, file } = await this.certificates.batch(id, originOf(request));
    return documentDownload(file, `${title}-合格证书.pdf`, pdf);
  }

  @Get('certificates/:code')
  @Public()
  @ApiOkResponse({ type: VerifiedCertificateDto })
  verify(@Param('code') code: string, @Req() request: FastifyRequest): Promise<VerifiedCertificateDto> {
    return this.certificates.verify(code, request.ip);
  }
}
