// The least of PDF that shows lines of text: pages, one font in two weights, and the table of where everything is.
export interface PdfText {
  text: string
  x: number
  size?: number
  bold?: boolean
  /** The text ends at `x` instead of beginning there. */
  right?: boolean
}

export type PdfRow = PdfText[]

const pageWidth = 595
const pageHeight = 842
const margin = 56
const rowHeight = 18
const rowsOfPage = Math.floor((pageHeight - 2 * margin) / rowHeight)

/** Letters outside Latin-1 are not in the built-in fonts. */
const latin = (text: string) =>
  Array.from(text, (letter) => ((letter.codePointAt(0) ?? 0) < 256 ? letter : '?')).join('')

const escaped = (text: string) => latin(text).replaceAll(/[\\()]/g, String.raw`\$&`)

/** Good enough for columns of figures: Helvetica's digits are 0.556 of its size wide. */
const widthOf = ({ text, size = 10 }: PdfText) => text.length * size * 0.53

function drawn(row: PdfRow, index: number): string {
  const y = pageHeight - margin - index * rowHeight
  return row
    .map((part) => {
      const x = part.right ? part.x - widthOf(part) : part.x
      return `BT /F${part.bold ? 2 : 1} ${part.size ?? 10} Tf ${x.toFixed(1)} ${y} Td (${escaped(part.text)}) Tj ET`
    })
    .join('\n')
}

function chunks<T>(items: T[], size: number): T[][] {
  const count = Math.max(1, Math.ceil(items.length / size))
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size))
}

const font = (name: string) => `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`

/** Objects 1 to 4 are the catalogue, the pages and the fonts; each page has two of its own after them. */
function objectsOf(pages: string[]): string[] {
  const first = 5
  const kids = pages.map((_, index) => `${first + index * 2} 0 R`).join(' ')
  const own = pages.flatMap((content, index) => [
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${pageWidth} ${pageHeight}] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents ${first + index * 2 + 1} 0 R >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
  ])
  return [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    font('Helvetica'),
    font('Helvetica-Bold'),
    ...own,
  ]
}

/** The whole file; every character is one byte. */
export function pdfOf(rows: PdfRow[]): Uint8Array {
  const pages = chunks(rows, rowsOfPage).map((page) => page.map((row, index) => drawn(row, index)).join('\n'))
  const objects = objectsOf(pages)
  let file = '%PDF-1.4\n'
  const places = objects.map((object, index) => {
    const place = file.length
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
    return place
  })
  const start = file.length
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`
  return Uint8Array.from(file, (letter) => letter.charCodeAt(0))
}
