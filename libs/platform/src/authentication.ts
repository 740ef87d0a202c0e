import type { ExecutionContext } from '@nestjs/common';
import type { Actor } from './context.js';

/** Port: who sends this HTTP request. Implemented by `auth`. */
export abstract class RequestAuthenticator {
  /** Null without a token; refuses 'auth.required' for a token that is not valid. */
  abstract actorOf(context: ExecutionContext): Promise<Actor | null>;
}

/** Port: who holds this access token. For sockets. Implemented by `auth`. */
export abstract class TokenVerifier {
  /** Refuses 'auth.required' for a token that is not valid, and for an account that is closed or locked out. */
  abstract verify(token: string): Promise<Actor>;
}
