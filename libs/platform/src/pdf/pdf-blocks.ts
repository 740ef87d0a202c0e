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
  | { readonly kind: 'picture'; readonly picture: PdfPicture; readonly left?: number }
  | { readonly kind: 'space'; readonly height: number }
  /** Stays on one page where it fits on one. */
  | { readonly kind: 'together'; readonly blocks: readonly PdfBlock[] }
  | { readonly kind: 'new-page' }
  /** A page of its own on which everything has its place. */
  | { readonly kind: 'sheet'; readonly landscape: boolean; readonly items: readonly PdfItem[] };

/** PNG or JPEG in the size that is wanted; it is made smaller where there is less room. `alt` says what it shows. */
export interface PdfPicture {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly alt: string;
}

export interface PdfCell {
  readonly text: string;
  readonly share: number;
  /** Below the text. */
  readonly picture?: PdfPicture | undefined;
}

/** From the upper left corner of the page. */
export type PdfItem =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly style: PdfStyle;
      readonly color?: string;
    }
  | {
      readonly kind: 'frame';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly line: number;
      readonly color: string;
    }
  /** A dashed ring around its middle: a place for a seal. */
  | {
      readonly kind: 'ring';
      readonly x: number;
      readonly y: number;
      readonly radius: number;
      readonly color: string;
    }
  /** A square of dark and light squares, row by row: a QR code. */
  | {
      readonly kind: 'modules';
      readonly x: number;
      readonly y: number;
      readonly size: number;
      readonly rows: readonly (readonly boolean[])[];
      readonly alt: string;
    };

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
