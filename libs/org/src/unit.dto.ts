import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { permissions, unitKinds, type Permission, type Tree, type UnitKind } from '@xuekao/contracts';
import type { CivilDate } from '@xuekao/kernel';
import { IsIn, IsInt, IsNotEmpty, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { IsCivilDate } from './civil-date.validator.js';
import { IsAbsentOr } from './optional.validator.js';

const kinds = Object.keys(unitKinds);
const trees = ['party', 'department'];

export class UnitDto {
  @ApiProperty() id!: string;
  @ApiProperty({ enum: trees, enumName: 'Tree' }) tree!: Tree;
  @ApiProperty({ enum: kinds, enumName: 'UnitKind' }) kind!: UnitKind;
  @ApiProperty({ description: 'Chinese' }) kindName!: string;
  @ApiProperty({ enum: ['primary', 'additional'], description: 'the way in which people stand in it' })
  holds!: 'primary' | 'additional';
  @ApiProperty({ type: String, nullable: true, description: 'null at the root and where the superior is out of scope' })
  parentId!: string | null;
  @ApiProperty() name!: string;
  @ApiProperty() shortName!: string;
  @ApiProperty() sortOrder!: number;
  @ApiProperty({ format: 'date' }) from!: CivilDate;
  @ApiProperty({ type: String, nullable: true, format: 'date', description: 'first day without it' })
  to!: CivilDate | null;
  @ApiProperty() version!: number;
}

export class UnitListDto {
  @ApiProperty({ type: [UnitDto] }) items!: UnitDto[];
}

export class UnitListQuery {
  @ApiPropertyOptional({ enum: trees }) @IsOptional() @IsIn(trees) tree?: Tree;
  @ApiPropertyOptional({ format: 'date' }) @IsOptional() @IsCivilDate() on?: CivilDate;
  @ApiPropertyOptional({ description: 'units in which the actor holds it; org.read where absent' })
  @IsOptional()
  @IsIn(Object.keys(permissions))
  permission?: Permission;
}

export class CreateUnitDto {
  @ApiProperty({ enum: kinds, enumName: 'UnitKind' }) @IsIn(kinds) kind!: UnitKind;
  @ApiProperty() @IsUUID() parentId!: string;
  @ApiProperty({ maxLength: 120 }) @IsString() @IsNotEmpty() @MaxLength(120) name!: string;
  @ApiPropertyOptional({ maxLength: 40 }) @IsOptional() @IsString() @IsNotEmpty() @MaxLength(40) shortName?: string;
  @ApiPropertyOptional() @IsOptional() @IsInt() @Min(0) @Max(100_000) sortOrder?: number;
  @ApiPropertyOptional({ format: 'date' }) @IsOptional() @IsCivilDate() from?: CivilDate;
}

export class EditUnitDto {
  @ApiProperty() @IsInt() version!: number;
  @ApiPropertyOptional({ maxLength: 120 }) @IsAbsentOr() @IsString() @IsNotEmpty() @MaxLength(120) name?: string;
  @ApiPropertyOptional({ maxLength: 40 }) @IsAbsentOr() @IsString() @IsNotEmpty() @MaxLength(40) shortName?: string;
  @ApiPropertyOptional() @IsAbsentOr() @IsInt() @Min(0) @Max(100_000) sortOrder?: number;
}

export class EndDto {
  @ApiPropertyOptional({ format: 'date', description: 'today where absent' })
  @IsOptional()
  @IsCivilDate()
  on?: CivilDate;
  @ApiProperty({ maxLength: 200 }) @IsString() @IsNotEmpty() @MaxLength(200) reason!: string;
}
