import { IsInt, IsNumber, IsOptional, IsUUID, Max, Min } from 'class-validator';
import type { LiveBuzzBody, LiveBuzzReadyBody } from '@xuekao/contracts';

export class BuzzReadyDto implements LiveBuzzReadyBody {
  @IsUUID()
  roomId!: string;
}

export class BuzzDto implements LiveBuzzBody {
  @IsUUID()
  commandId!: string;

  @IsUUID()
  roomId!: string;

  @IsInt()
  @Min(1)
  @Max(1_000_000)
  buzz!: number;

  @IsOptional()
  @IsNumber({ allowNaN: false, allowInfinity: false })
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  pressedAt?: number;
}
