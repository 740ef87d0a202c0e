import { StreamableFile } from '@nestjs/common';
import { uploadedFile as fileOf } from '@xuekao/platform';
import type { FastifyRequest } from 'fastify';
import { ExamRefused } from './exam.errors.js';

export const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
export const pdf = 'application/pdf';

/** A file with a name in Chinese (RFC 6266, with an ASCII name for old clients). */
export function documentDownload(file: Buffer, name: string, type: string): StreamableFile {
  const safe = name.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_');
  const ending = /\.[a-z]+$/u.exec(name)?.[0] ?? '';
  const disposition = `attachment; filename="export${ending}"; filename*=UTF-8''${encodeURIComponent(safe)}`;
  return new StreamableFile(file, { type, disposition });
}

/** A workbook with a name in Chinese. */
export const download = (file: Buffer, name: string): StreamableFile => documentDownload(file, name, xlsx);

/** The one file of a multipart request. Refuses 'exam.external.file-unreadable' where there is none. */
export async function uploadedFile(request: FastifyRequest): Promise<Buffer> {
  const file = await fileOf(request);
  if (!file) throw new ExamRefused('exam.external.file-unreadable');
  return file;
}
