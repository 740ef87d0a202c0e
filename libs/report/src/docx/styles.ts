import { fonts, type FontRole } from './fonts.js';
import { grid, gridSpacing, sizes } from './measures.js';

interface Style {
  readonly id: string;
  readonly name: string;
  readonly font?: FontRole;
  /** Half points. */
  readonly size?: number;
  /** Twips between lines, exact. */
  readonly line?: number;
  readonly align?: 'left' | 'center' | 'both';
  /** First line two characters in. */
  readonly indented?: true;
  /** Outline level of a heading; headings stay with the next paragraph. */
  readonly outline?: 0 | 1;
  /** Character spacing in twips; everything in 3号 takes the grid's. */
  readonly spacing?: number;
}

const listed: readonly Style[] = [
  { id: 'Body', name: '正文内容', align: 'both', indented: true },
  { id: 'Plain', name: '顶格', align: 'left' },
  { id: 'ReportTitle', name: '公文标题', font: 'title', size: sizes.title, align: 'center', spacing: 0 },
  { id: 'HeadingOne', name: '一级标题', font: 'heading', align: 'left', indented: true, outline: 0 },
  { id: 'HeadingTwo', name: '二级标题', font: 'subheading', align: 'left', indented: true, outline: 1 },
  { id: 'AttachmentLabel', name: '附件序号', font: 'heading', align: 'left' },
  { id: 'TableNote', name: '表注', size: sizes.table, align: 'left', line: 400, spacing: 0 },
  { id: 'TableText', name: '表格文字', size: sizes.table, line: 320, spacing: 0 },
  { id: 'PageNumber', name: '页码', font: 'pageNumber', size: sizes.pageNumber, line: 280, spacing: 0 },
];

function runProperties({ font, size, spacing }: Partial<Style>): string {
  const name = font && fonts[font].name;
  const parts = [
    name ? `<w:rFonts w:ascii="${name}" w:hAnsi="${name}" w:eastAsia="${name}" w:cs="${name}"/>` : '',
    spacing === undefined ? '' : `<w:spacing w:val="${spacing}"/>`,
    size === undefined ? '' : `<w:sz w:val="${size}"/><w:szCs w:val="${size}"/>`,
  ].join('');
  return parts === '' ? '' : `<w:rPr>${parts}</w:rPr>`;
}

function paragraphProperties({ line, align, indented, outline }: Partial<Style>): string {
  return [
    '<w:pPr>',
    outline === undefined ? '' : '<w:keepNext/>',
    line === undefined ? '' : `<w:spacing w:before="0" w:after="0" w:line="${line}" w:lineRule="exact"/>`,
    indented ? '<w:ind w:firstLine="632" w:firstLineChars="200"/>' : '',
    align ? `<w:jc w:val="${align}"/>` : '',
    outline === undefined ? '' : `<w:outlineLvl w:val="${outline}"/>`,
    '</w:pPr>',
  ].join('');
}

function styleXml(style: Style): string {
  return `<w:style w:type="paragraph" w:customStyle="1" w:styleId="${style.id}"><w:name w:val="${style.name}"/><w:basedOn w:val="Normal"/><w:qFormat/>${paragraphProperties(style)}${runProperties(style)}</w:style>`;
}

/**
 * `word/styles.xml`, written by hand because the grid needs what the library has no words for. The size stands in
 * Normal, from which the character grid is counted. `snapToGrid` is off and every line is exact: with a pitch below
 * 16 pt LibreOffice would give each character two cells, and an exact line of 28.95 pt is the line grid already. The
 * spacing of {@link gridSpacing} keeps 28 characters in a line where the grid is not applied.
 */
export function stylesXml(): string {
  const body = { font: 'body', size: sizes.body, spacing: gridSpacing } as const;
  const paragraph =
    '<w:pPr><w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>' +
    `<w:spacing w:before="0" w:after="0" w:line="${grid.linePitch}" w:lineRule="exact"/></w:pPr>`;
  const run = runProperties(body).replace('</w:rPr>', '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>');
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">',
    `<w:docDefaults><w:rPrDefault>${run}</w:rPrDefault><w:pPrDefault>${paragraph}</w:pPrDefault></w:docDefaults>`,
    `<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>${paragraph}${run}</w:style>`,
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>',
    ...listed.map(styleXml),
    '</w:styles>',
  ].join('');
}
