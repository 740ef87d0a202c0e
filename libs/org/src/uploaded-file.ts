import { uploadedFile as fileOf } from '@xuekao/platform';
import type { FastifyRequest } from 'fastify';
import { OrgRefused } from './org.errors.js';

/** The one file of a multipart request. Refuses 'org.import.unreadable' where there is none. */
export async function uploadedFile(request: FastifyRequest): Promise<Buffer> {
  const file = await fileOf(request);
  if (!file) throw new OrgRefused('org.import.unreadable');
  return file;
}
