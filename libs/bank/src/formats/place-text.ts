import type { ImportPlace } from '@xuekao/contracts';

/** Where something stands, in words: 工作表“试题”C5, 第 12 行, 第 3 段, items/i1.xml 第 4 行. */
export function placeText(place: ImportPlace): string {
  switch (place.kind) {
    case 'line':
      return `第 ${place.line} 行`;
    case 'paragraph':
      return `第 ${place.paragraph} 段`;
    case 'cell':
      return `工作表“${place.sheet}”${place.cell ?? `第 ${place.row} 行`}`;
    case 'element':
      return place.line === undefined ? place.path : `${place.path} 第 ${place.line} 行`;
  }
}
