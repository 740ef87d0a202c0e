export interface Span {
  readonly text: string;
  readonly isBold: boolean;
}

export type Block =
  | { readonly kind: 'paragraph'; readonly spans: readonly Span[] }
  | { readonly kind: 'numbered' | 'bulleted'; readonly items: readonly (readonly Span[])[] };

function spansOf(text: string): Span[] {
  return text
    .split(/\*\*(.+?)\*\*/)
    .map((part, at) => ({ text: part, isBold: at % 2 === 1 }))
    .filter((span) => span.text !== '');
}

const listItem = /^\s*(?:(\d+)[.、．]|[-*·])\s+(.*)$/;

/** The handbook's subset of Markdown: paragraphs, numbered and bulleted lists, **bold**. Anything else stays as text. */
export function richText(source: string): Block[] {
  const blocks: Block[] = [];
  for (const chunk of source.split(/\n{2,}/)) {
    let lines: string[] = [];
    let items: Span[][] = [];
    let kind: 'numbered' | 'bulleted' = 'bulleted';
    const flush = (): void => {
      if (lines.length > 0) blocks.push({ kind: 'paragraph', spans: spansOf(lines.join('\n')) });
      if (items.length > 0) blocks.push({ kind, items });
      lines = [];
      items = [];
    };
    for (const line of chunk.split('\n')) {
      const item = listItem.exec(line);
      if (!item) {
        if (items.length > 0) flush();
        if (line.trim() !== '') lines.push(line.trim());
        continue;
      }
      if (lines.length > 0) flush();
      kind = item[1] ? 'numbered' : 'bulleted';
      items.push(spansOf(item[2] ?? ''));
    }
    flush();
  }
  return blocks;
}
