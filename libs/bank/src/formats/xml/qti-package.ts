import { zipSync } from 'fflate';
import { picturesIn } from '../file-question.js';
import type { FilePicture, FileQuestion } from '../file-question.js';
import type { PictureBytes } from '../pictures/picture-bytes.js';
import { QtiItemWriter, mediaPath } from './qti-writer.js';
import type { QtiVersion } from './qti-writer.js';

interface Packaging {
  readonly namespace: string;
  readonly itemType: string;
  readonly schema: string;
  readonly schemaVersion: string;
}

const packagings: Readonly<Record<QtiVersion, Packaging>> = {
  '2.2': {
    namespace: 'http://www.imsglobal.org/xsd/imscp_v1p1',
    itemType: 'imsqti_item_xmlv2p2',
    schema: 'QTIv2.2 Package',
    schemaVersion: '1.0.0',
  },
  '3.0': {
    namespace: 'http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1',
    itemType: 'imsqti_item_xmlv3p0',
    schema: 'QTI Package',
    schemaVersion: '3.0.0',
  },
};

interface Item {
  readonly path: string;
  readonly media: readonly string[];
}

function resource(identifier: string, type: string, href: string, needs: readonly string[] = []): string {
  const dependencies = needs.map((each) => `<dependency identifierref="${each}"/>`).join('');
  return `<resource identifier="${identifier}" type="${type}" href="${href}"><file href="${href}"/>${dependencies}</resource>`;
}

/** Items first, each with the pictures that it needs; then the pictures, each once. */
function manifest(items: readonly Item[], version: QtiVersion): string {
  const { namespace, itemType, schema, schemaVersion } = packagings[version];
  const media = [...new Set(items.flatMap((item) => item.media))];
  const idOf = new Map(media.map((path, index) => [path, `m${index + 1}`]));
  const resources = [
    ...items.map(({ path, media: own }, index) =>
      resource(
        `r${index + 1}`,
        itemType,
        path,
        own.map((each) => idOf.get(each)!),
      ),
    ),
    ...media.map((path) => resource(idOf.get(path)!, 'webcontent', path)),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<manifest xmlns="${namespace}" identifier="xuekao-package"><metadata><schema>${schema}</schema><schemaversion>${schemaVersion}</schemaversion></metadata><organizations/><resources>${resources.join('\n')}</resources></manifest>\n`;
}

/** A package with its manifest, one file per question and one per picture. The same questions give the same bytes. */
export function writeQti(
  questions: readonly FileQuestion[],
  version: QtiVersion,
  bytes: PictureBytes = new Map(),
): Buffer {
  const writer = new QtiItemWriter(version);
  const items = questions.map((question, index): Item => {
    const media = [...new Set(picturesIn(question).map(mediaPath))];
    return { path: `items/item-${String(index + 1).padStart(4, '0')}.xml`, media };
  });
  const files: Record<string, Uint8Array> = { 'imsmanifest.xml': Buffer.from(manifest(items, version)) };
  const shown = (picture: FilePicture): Uint8Array => bytes.get(picture.id) ?? new Uint8Array();
  for (const [index, question] of questions.entries()) {
    files[items[index]!.path] = Buffer.from(writer.item(question, `item-${index + 1}`));
    for (const picture of picturesIn(question)) files[mediaPath(picture)] = shown(picture);
  }
  return Buffer.from(zipSync(files, { mtime: '1980-01-01T00:00:00' }));
}
