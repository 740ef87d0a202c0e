import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsObject, IsOptional, IsUUID, Matches, Min } from 'class-validator';
import { stageParts, stageRoles } from '@xuekao/contracts';
import type {
  StageAct,
  StageActBody,
  StageJoinBody,
  StageMoreBody,
  StageResumeBody,
  StageRole,
  StageWatchBody,
} from '@xuekao/contracts';

const actors = ['host', 'judge', 'team', 'audience'] as const;

export class StageJoinDto implements StageJoinBody {
  @ApiProperty({ pattern: '^\\d{6}$' })
  @Matches(/^\d{6}$/)
  code!: string;
}

export class StageWatchDto implements StageWatchBody {
  @IsUUID()
  roomId!: string;

  @IsIn(['host', 'judge', 'screen'])
  role!: 'host' | 'judge' | 'screen';
}

export class StageResumeDto implements StageResumeBody {
  @IsUUID()
  roomId!: string;

  @IsIn(Object.keys(stageRoles))
  role!: StageRole;

  @IsInt()
  @Min(0)
  lastSeq!: number;
}

export const pagedParts = ['ledger', ...stageParts] as const;

export class StageMoreDto implements StageMoreBody {
  @IsUUID()
  roomId!: string;

  @IsIn(Object.keys(stageRoles))
  role!: StageRole;

  @IsIn(pagedParts)
  part!: StageMoreBody['part'];

  @IsInt()
  @Min(0)
  from!: number;
}

export class StageActContentDto {
  @ApiProperty({ format: 'uuid', description: 'made once per intention, the same for every retry' })
  @IsUUID()
  commandId!: string;

  @ApiProperty({ enum: actors })
  @IsIn(actors)
  role!: (typeof actors)[number];

  @ApiPropertyOptional({ description: 'hosts: id of the console' })
  @IsOptional()
  @Matches(/^[\w-]{1,64}$/)
  console?: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'StageAct; read by its role and type',
    example: { type: 'next' },
  })
  @IsObject()
  act!: StageAct;

  @ApiPropertyOptional({ description: 'scene.step as shown' })
  @IsOptional()
  @IsInt()
  @Min(1)
  expect?: number;
}

export class StageActDto extends StageActContentDto implements StageActBody {
  @IsUUID()
  roomId!: string;
}
