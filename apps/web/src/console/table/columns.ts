/** One column of a list. `text` gives what is shown, printed and exported; a slot `cell-<key>` may draw it otherwise. */
export interface Column<Row> {
  readonly key: string;
  readonly label: string;
  readonly text: (row: Row) => string;
  readonly width?: number;
  readonly minWidth?: number;
  readonly align?: 'left' | 'right' | 'center';
  /** For the eyes of who sits here; a printed list does without it. */
  readonly isScreenOnly?: boolean;
}

export interface Filter {
  readonly key: string;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** Chosen somewhere else on the page, such as in a tree: read from the URL, not drawn here. */
  readonly isElsewhere?: boolean;
}
