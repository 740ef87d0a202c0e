import type { CertificateState } from '@xuekao/contracts';
import { get, receive } from '../../../api/http.js';

export interface Certificate {
  readonly id: string;
  readonly number: string;
  readonly code: string;
  readonly title: string;
  readonly unitName: string;
  readonly issuedOn: string;
  readonly state: CertificateState;
  readonly stateAt: number;
}

export interface VerifiedCertificate {
  readonly number: string;
  readonly maskedName: string;
  readonly title: string;
  readonly unitName: string;
  readonly issuedOn: string;
  readonly state: CertificateState;
}

export const loadMyCertificates = (): Promise<{ items: Certificate[] }> => get('/me/certificates');
export const verifyCertificate = (code: string): Promise<VerifiedCertificate> =>
  get(`/certificates/${encodeURIComponent(code)}`);

/** The certificate as a Word document, into the browser's downloads. */
export async function saveDocument({ id, number }: Certificate): Promise<void> {
  const { content, name } = await receive(`/me/certificates/${id}/document.docx`);
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name ?? `${number}.docx`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
