import type { RegradeKind } from '@xuekao/contracts';
import { get } from '../../../api/http.js';
import type { components } from '../../../api/schema.js';
import { download } from '../../../shared/download.js';

type Schemas = components['schemas'];
export type VerifiedCertificate = Schemas['VerifiedCertificateDto'];
/** `revokedBy`: the kind of regrade after which it no longer holds. */
export type Certificate = Schemas['CertificateDto'] & { readonly revokedBy: RegradeKind | null };

export const loadMyCertificates = (): Promise<{ items: Certificate[] }> => get('/me/certificates');
export const verifyCertificate = (code: string): Promise<VerifiedCertificate> =>
  get(`/certificates/${encodeURIComponent(code)}`);

export type CertificateFormat = 'pdf' | 'docx';

/** The certificate as a file, into the browser's downloads, under a name in Chinese. */
export const saveDocument = ({ id, number }: Certificate, format: CertificateFormat): Promise<void> =>
  download(`/me/certificates/${id}/document.${format}`, {}, `${number}-合格证书.${format}`);
