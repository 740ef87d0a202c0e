/** Cursor paging: `nextCursor` is null on the last page; `total` counts the whole filtered list within the actor's scope. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
  readonly total: number;
}
