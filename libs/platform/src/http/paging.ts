import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import type { Page } from '@xuekao/contracts';

/** Query of every list: `cursor` from the page before, `q` searches. */
export class PageQuery {
  @ApiPropertyOptional({ description: 'nextCursor of the page before' })
  @IsOptional()
  @IsString()
  @MaxLength(400)
  cursor?: string;

  @ApiPropertyOptional({ default: 50, minimum: 1, maximum: 200 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;

  @ApiPropertyOptional({ description: 'search text' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  q?: string;
}

/** Opaque to clients: the sort values of the last row. */
export function encodeCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** Undefined for an absent or broken cursor: the list then starts anew. */
export function decodeCursor(cursor: string | undefined): (string | number)[] | undefined {
  if (!cursor) return undefined;
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(values) && values.every((value) => ['string', 'number'].includes(typeof value))
      ? (values as (string | number)[])
      : undefined;
  } catch {
    return undefined;
  }
}

/** `rows` holds up to limit + 1 rows: the extra one tells that there is a next page. */
export function toPage<T>(
  rows: readonly T[],
  limit: number,
  total: number,
  cursorOf: (last: T) => readonly (string | number)[],
): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, total, nextCursor: rows.length > limit && last ? encodeCursor(cursorOf(last)) : null };
}

/** Escapes `%`, `_` and the escape character for `LIKE … ESCAPE '!'`. */
export function likePattern(text: string): string {
  return `%${text.replace(/[!%_]/g, (char) => `!${char}`)}%`;
}
