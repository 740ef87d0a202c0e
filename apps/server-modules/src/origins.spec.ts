import { isAllowedOrigin } from './origins.js';

describe('origins of a handshake', () => {
  it.each([
    [{}, true],
    [{ origin: 'http://a:3000', host: 'a:3000' }, true],
    [{ origin: 'http://a:3001', host: 'a:3000' }, false],
    [{ origin: 'https://exam.example', host: 'internal:80', 'x-forwarded-host': 'exam.example' }, true],
    [{ origin: 'https://extra.example', host: 'a' }, true],
    [{ origin: 'https://evil.example', host: 'a' }, false],
    [{ origin: 'null', host: 'a' }, false],
  ])('%j is allowed: %s', (headers, allowed) => {
    expect(isAllowedOrigin(headers, ['https://extra.example'])).toBe(allowed);
  });
});
