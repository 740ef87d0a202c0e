import { SetMetadata } from '@nestjs/common';

export const secretResponseKey = 'xuekao:secret-response';

/** The answer holds a secret, such as an initial password: it is never stored for a repeated `Idempotency-Key`. */
export const SecretResponse = (): MethodDecorator => SetMetadata(secretResponseKey, true);
