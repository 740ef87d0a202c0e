interface OriginHeaders {
  readonly origin?: string | undefined;
  readonly host?: string | undefined;
  readonly 'x-forwarded-host'?: string | string[] | undefined;
}

/** True without an Origin (no browser), for the server's own host, and for the origins of the configuration. */
export function isAllowedOrigin(headers: OriginHeaders, extra: readonly string[]): boolean {
  const { origin } = headers;
  if (!origin) return true;
  if (extra.includes(origin)) return true;
  if (!URL.canParse(origin)) return false;
  const forwarded = headers['x-forwarded-host'];
  const hosts = [headers.host, ...(Array.isArray(forwarded) ? forwarded : [forwarded])];
  return hosts.includes(new URL(origin).host);
}
