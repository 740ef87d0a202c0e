import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { refuse } from '@xuekao/kernel';
import { FileRefused } from '../reader-refusal.js';

/** An element without namespace prefixes; attribute names in lower case. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
  /** From 1. */
  readonly line: number;
}

type Node = Readonly<Record<string, unknown>>;

const metadata = XMLParser.getMetaDataSymbol() as unknown as string;
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  cdataPropName: '#cdata',
  captureMetaData: true,
});

/** Only the five entities of XML and character references; others are kept as they stand, since DTDs are refused. */
function decoded(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/giu,
    (_all, hex, decimal, word: string) => {
      if (word) return { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[word.toLowerCase()]!;
      const code = hex ? Number.parseInt(hex as string, 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '';
    },
  );
}

/** Where each line begins, for the line of a place in the text. */
function lineFinder(text: string): (at: number) => number {
  const begins = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) begins.push(at + 1);
  return (at) => {
    let low = 0;
    let high = begins.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (begins[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function textIn(nodes: unknown): string {
  return (nodes as Node[]).map((node) => String(node['#text'] ?? '')).join('');
}

function elementOf(node: Node, lineOf: (at: number) => number): XmlElement | string | undefined {
  if ('#text' in node) return decoded(String(node['#text']));
  if ('#cdata' in node) return textIn(node['#cdata']);
  const name = Object.keys(node).find((key) => key !== ':@');
  if (!name || name.startsWith('?')) return undefined;
  const attributes = Object.entries((node[':@'] ?? {}) as Readonly<Record<string, string>>);
  const start = (node as Readonly<Record<string, { startIndex?: number } | undefined>>)[metadata]?.startIndex ?? 0;
  return {
    name: local(name),
    attributes: Object.fromEntries(attributes.map(([key, value]) => [local(key).toLowerCase(), decoded(value)])),
    children: (node[name] as Node[]).flatMap((child) => elementOf(child, lineOf) ?? []),
    line: lineOf(start),
  };
}

function refuseDtd(path: string, text: string): void {
  const bare = text.replace(/<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->/gu, (part) => part.replace(/[^\n]/gu, ' '));
  const at = bare.search(/<!\s*(?:DOCTYPE|ENTITY)|<\?xml-stylesheet/iu);
  if (at >= 0) throw new FileRefused(refuse('bank.import.dtd', { path, line: bare.slice(0, at).split('\n').length }));
}

/** The root of a well-formed document. FileRefused for a DTD, and with the line where it is not well formed. */
export function xmlTree(path: string, given: string): XmlElement {
  const text = given.replace(/^\uFEFF/u, '');
  refuseDtd(path, text);
  const valid = XMLValidator.validate(text, { allowBooleanAttributes: false });
  if (valid !== true) {
    const { line, msg } = valid.err;
    throw new FileRefused(refuse('bank.import.xml-malformed', { path, line, message: msg.slice(0, 120) }));
  }
  let nodes: Node[];
  try {
    nodes = parser.parse(text) as Node[];
  } catch (error) {
    const message = String((error as Error).message).slice(0, 120);
    throw new FileRefused(refuse('bank.import.xml-malformed', { path, line: 1, message }));
  }
  const lineOf = lineFinder(text);
  const roots = nodes.map((node) => elementOf(node, lineOf));
  const root = roots.find((each): each is XmlElement => typeof each === 'object');
  if (!root) throw new FileRefused(refuse('bank.import.xml-malformed', { path, line: 1, message: '没有内容' }));
  return root;
}

export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child): child is XmlElement => typeof child === 'object' && child.name === name);
}

export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return childrenOf(element, name)[0];
}

/** All text inside, as it stands. */
export function textOf(element: XmlElement | undefined): string {
  if (!element) return '';
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

export function* descendants(element: XmlElement): Generator<XmlElement> {
  for (const child of element.children) {
    if (typeof child === 'string') continue;
    yield child;
    yield* descendants(child);
  }
}
