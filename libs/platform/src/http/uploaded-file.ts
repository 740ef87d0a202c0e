import type {} from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { Refused } from '../refused.js';
import { fileLimit } from './limits.js';

const codeOf = (error: unknown): string => (error as { code?: string } | null)?.code ?? '';

/**
 * The one file of a multipart request; undefined where there is none. Refuses 'request.too-large' and, where the form itself
 * cannot be read, 'request.malformed'.
 */
export async function uploadedFile(request: FastifyRequest): Promise<Buffer | undefined> {
  return (await namedUpload(request))?.bytes;
}

/** As {@link uploadedFile}, with the name that the browser told; it is not to be believed. */
export async function namedUpload(
  request: FastifyRequest,
): Promise<{ readonly bytes: Buffer; readonly name: string } | undefined> {
  if (!request.isMultipart()) return undefined;
  try {
    const part = await request.file();
    const file = await part?.toBuffer();
    // toBuffer notices the bound only while it reads: a file that was cut off before comes back cut off.
    if (part?.file.truncated) throw new Refused('request.too-large', { limitBytes: fileLimit });
    return file && part && { bytes: file, name: part.filename ?? '' };
  } catch (error) {
    if (error instanceof Refused || codeOf(error).startsWith('FST_')) throw error;
    // The form's parser throws plain errors, all of them about the bytes that came.
    throw new Refused('request.malformed');
  }
}
