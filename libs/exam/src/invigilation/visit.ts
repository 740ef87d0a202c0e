import type { FastifyRequest } from 'fastify';
import type { Visit } from './exam-access.service.js';

const textOf = (header: string | string[] | undefined): string => (typeof header === 'string' ? header : '');

/**
 * Behind a proxy the address, the scheme and the host are what the proxy says, where the configuration trusts it
 * (`XUEKAO_TRUST_PROXY`); otherwise they are the proxy's own.
 */
export function visitOf(request: FastifyRequest): Visit {
  const { headers, protocol, host, ip } = request;
  const pageUrl = textOf(headers['x-exam-page']);
  return {
    address: ip,
    url: `${protocol}://${host}${request.url}`,
    configKeyHash: textOf(headers['x-safeexambrowser-configkeyhash']),
    // A page of this site only: another site's page could be hashed by another configuration.
    pageUrl: pageUrl.startsWith(`${protocol}://${host}/`) ? pageUrl : '',
  };
}
