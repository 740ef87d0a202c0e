export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Choices of a record of names from contracts: `{ draft: '草稿' }` or `{ full: { name: '正式党员' } }`. */
export function choicesOf(names: Readonly<Record<string, string | { readonly name: string }>>): Choice[] {
  return Object.entries(names).map(([value, named]) => ({
    value,
    label: typeof named === 'string' ? named : named.name,
  }));
}
