/** The words of the handbook's markdown: list marks and emphasis are taken off, paragraphs and items become lines. */
export function plainText(markdown: string): string {
  return markdown
    .split('\n')
    .map((line) =>
      line
        .replace(/^\s*(?:[-*+]\s+|\d+[.、．)]\s+|#+\s+)/u, '')
        .replaceAll('**', '')
        .trim(),
    )
    .filter((line) => line !== '')
    .join('\n');
}
