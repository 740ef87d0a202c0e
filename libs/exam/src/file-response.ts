import type {} from '@fastify/multipart';
import { StreamableFile } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ExamRefused } from './exam.errors.js';

export const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A workbook with a name in Chinese (RFC 6266, with an ASCII name for old clients). */
export function download(file: Buffer, name: string): StreamableFile {
  const safe = name.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_');
  const disposition = `attachment; filename="export.xlsx"; filename*=UTF-8''${encodeURIComponent(safe)}`;
  return new StreamableFile(file, { type: xlsx, disposition });
}

/** The one file of a multipart request. Refuses 'exam.external.file-unreadable' where there is none. */
export async function uploadedFile(request: FastifyRequest): Promise<Buffer> {
  const part = request.isMultipart() ? await request.file() : undefined;
  if (!part) throw new ExamRefused('exam.external.file-unreadable');
  return part.toBuffer();
}
