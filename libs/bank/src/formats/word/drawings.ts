import type { PictureShelf } from '../pictures/picture-shelf.js';
import { pictureSign } from '../text/document.js';
import { childrenOf, descendants } from '../xml/xml-tree.js';
import type { XmlElement } from '../xml/xml-tree.js';

/** The signs that stand for a drawing; {@link pictureSign} for one that is no picture, such as a shape or an embedded object. */
export type DrawingReader = (drawing: XmlElement) => string;

/** Targets of a part's relations by their ids, as paths in the package. */
function targetsOf(relations: XmlElement | undefined, folder: string): Map<string, string> {
  return new Map(
    (relations ? childrenOf(relations, 'Relationship') : [])
      .filter((each) => each.attributes.targetmode !== 'External')
      .map(({ attributes: { id = '', target = '' } }) => [
        id,
        target.startsWith('/') ? target.slice(1) : `${folder}/${target}`.replace(/[^/]+\/\.\.\//gu, ''),
      ]),
  );
}

/** What Word calls the words for who cannot see: the description, or else the title. */
function altIn(drawing: XmlElement): string {
  for (const { name, attributes } of descendants(drawing)) {
    if (name === 'docPr' || name === 'shape') return attributes.descr || attributes.alt || attributes.title || '';
  }
  return '';
}

/** Pictures of a document by what its drawings refer to. */
export function drawingReader(
  files: ReadonlyMap<string, Uint8Array>,
  relations: XmlElement | undefined,
  shelf: PictureShelf,
): DrawingReader {
  const targets = targetsOf(relations, 'word');
  return (drawing) => {
    if (drawing.name === 'object') return pictureSign;
    const shown = [...descendants(drawing)].flatMap(({ name, attributes }) => {
      const id = name === 'blip' ? attributes.embed : name === 'imagedata' ? attributes.id : undefined;
      return id === undefined ? [] : [files.get(targets.get(id) ?? '')];
    });
    if (shown.length === 0) return pictureSign;
    const alt = altIn(drawing);
    return shown.map((bytes) => shelf.add(bytes, alt)).join('');
  };
}
