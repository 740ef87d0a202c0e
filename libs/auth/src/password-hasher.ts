import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** argon2id off the event loop. Never call it inside a transaction. */
@Injectable()
export class PasswordHasher {
  private decoy: Promise<string> | undefined;

  hash(password: string): Promise<string> {
    return hash(password.normalize('NFKC'), cost);
  }

  matches(passwordHash: string, password: string): Promise<boolean> {
    return verify(passwordHash, password.normalize('NFKC'));
  }

  /** False after the work of a real check: for login names that nobody bears. */
  async pretend(password: string): Promise<false> {
    this.decoy ??= this.hash('a password of nobody');
    await this.matches(await this.decoy, password);
    return false;
  }
}
