export type PdfWeight = 'regular' | 'bold';

/** Lengths in points (1/72 inch). */
export interface PdfStyle {
  readonly size: number;
  readonly weight?: PdfWeight;
  readonly align?: 'left' | 'center' | 'right';
  /** From the left edge of the text area; `hanging` more for all lines but the first. */
  readonly left?: number;
  readonly hanging?: number;
  /** Of the first line. */
  readonly indent?: number;
  /** Distance of two lines as a multiple of the size; 1.6 where absent. */
  readonly leading?: number;
  readonly before?: number;
  readonly after?: number;
}

/** What stands on a page, from top to bottom. */
export type PdfBlock =
  | { readonly kind: 'text'; readonly text: string; readonly style: PdfStyle }
  /** Cells side by side; widths are shares of the text area. */
  | { readonly kind: 'row'; readonly cells: readonly PdfCell[]; readonly style: PdfStyle; readonly bordered?: boolean }
  /** Ruled lines to write on. */
  | { readonly kind: 'writing'; readonly lines: number; readonly left?: number; readonly pitch?: number }
  /** Boxes with a sign in each, to be filled with a pencil. */
  | { readonly kind: 'bubbles'; readonly rows: readonly PdfBubbleRow[]; readonly columns: number }
  | { readonly kind: 'picture'; readonly bytes: Uint8Array; readonly width: number; readonly height: number }
  | { readonly kind: 'space'; readonly height: number }
  /** Stays on one page where it fits on one. */
  | { readonly kind: 'together'; readonly blocks: readonly PdfBlock[] }
  | { readonly kind: 'new-page' };

export interface PdfCell {
  readonly text: string;
  readonly share: number;
}

export interface PdfBubbleRow {
  readonly label: string;
  readonly signs: readonly string[];
}

export interface PdfPlan {
  readonly title: string;
  readonly author: string;
  /** Written into the file: the same plan gives the same bytes. */
  readonly at: number;
  readonly blocks: readonly PdfBlock[];
  /** `第 1 页 共 4 页`, under every page. */
  readonly footer?: (page: number, pages: number) => string;
}
