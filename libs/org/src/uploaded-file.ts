import type {} from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { OrgRefused } from './org.errors.js';

/** The one file of a multipart request. Refuses 'org.import.unreadable' where there is none. */
export async function uploadedFile(request: FastifyRequest): Promise<Buffer> {
  const part = request.isMultipart() ? await request.file() : undefined;
  if (!part) throw new OrgRefused('org.import.unreadable');
  return part.toBuffer();
}
