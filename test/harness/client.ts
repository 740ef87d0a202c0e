import type { Problem } from '@xuekao/contracts';

/** A refused request, with the problem that the server gave. */
export class RequestRefused extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
    request: string,
  ) {
    super(`${request}: ${status} ${problem.code} ${problem.detail ?? ''} ${JSON.stringify(problem.errors ?? '')}`);
  }
}

/** A signed-in person over HTTP. */
export class Client {
  token = '';

  constructor(
    private readonly url: string,
    /** Every answer that this person has got, as text: for tests that look for what must not be in there. */
    readonly seen: string[] = [],
  ) {}

  static async signIn(url: string, loginName: string, password: string): Promise<Client> {
    const client = new Client(url);
    const answer = await client.post<{ accessToken: string }>('/auth/sign-in', { loginName, password });
    client.token = answer.accessToken;
    return client;
  }

  get<T>(path: string): Promise<T> {
    return this.send('GET', path) as Promise<T>;
  }
  post<T>(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
    return this.send('POST', path, body, headers) as Promise<T>;
  }
  put<T>(path: string, body?: unknown): Promise<T> {
    return this.send('PUT', path, body) as Promise<T>;
  }
  delete<T>(path: string): Promise<T> {
    return this.send('DELETE', path) as Promise<T>;
  }
  patch<T>(path: string, body?: unknown): Promise<T> {
    return this.send('PATCH', path, body) as Promise<T>;
  }

  async file(path: string): Promise<Buffer> {
    const response = await fetch(`${this.url}/api/v1${path}`, { headers: this.headers() });
    if (!response.ok) throw new RequestRefused(response.status, (await response.json()) as Problem, `GET ${path}`);
    return Buffer.from(await response.arrayBuffer());
  }

  private headers(): Record<string, string> {
    return this.token ? { authorization: `Bearer ${this.token}` } : {};
  }

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<unknown> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        ...this.headers(),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    this.seen.push(text);
    const answer: unknown = text === '' ? undefined : JSON.parse(text);
    if (!response.ok) throw new RequestRefused(response.status, answer as Problem, `${method} ${path}`);
    return answer;
  }
}
