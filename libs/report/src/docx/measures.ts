/**
 * GB/T 9704-2012 in the units of WordprocessingML: twips (1/20 pt), half points for font sizes. Source: domain.md §5.3.
 */
export const page = { width: 11906, height: 16838 } as const;

/** 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm. */
export const margins = { top: 2098, left: 1587, right: 1474, bottom: 1984 } as const;

/** A landscape sheet keeps 订口 at its head, the 版心 lies across. */
export const landscapeMargins = { top: 1587, left: 1984, right: 2098, bottom: 1474 } as const;

/** 22 lines in 225 mm; 28 characters in 156 mm: the character pitch is 16 pt − 849/4096 pt. */
export const grid = { linePitch: 579, charSpace: -849 } as const;

/**
 * Character spacing of 3号 text in twips. 28 characters of 15.7 pt fill 439.6 of 442.25 pt without any grid; with the grid
 * on top (15.49 pt) still 28 and not 29 fit. Justified lines come out at 15.79 pt either way. LibreOffice counts the 版心
 * as 28 whole cells (440.8 pt), which -5 would just miss.
 */
export const gridSpacing = -6;

/** One character of the grid in twips. */
export const characterPitch = 315.8;

/** 2号, 3号, 4号, 小四 in half points. */
export const sizes = { title: 44, body: 32, pageNumber: 28, table: 24 } as const;

/** Width of the 版心 of a landscape sheet in twips. */
export const landscapeWidth = page.height - landscapeMargins.left - landscapeMargins.right;
export const portraitWidth = page.width - margins.left - margins.right;

/**
 * Distance from the sheet's lower edge to the foot of a page number whose 一字线 stands 7 mm below the 版心: the line is
 * 14 pt high and its dash lies in the middle.
 */
export const footerDistance = 1984 - 397 - 140;
export const landscapeFooterDistance = 1474 - 397 - 140;
