// Words in a picture. They are a stranger's: nothing of them becomes markup, and what the letters on hand cannot show is left out.
import type { Colour } from './colour.ts'
import { FONT_FAMILY, type SandboxDrawing } from './drawing.ts'
import { at } from './sketch.ts'

const MOST_CHARACTERS = 160

const RIGHT_TO_LEFT = '\u2067'
const LEFT_TO_RIGHT = '\u2066'
const END = '\u2069'

/** Orders about direction, and everything that has no shape; but for what keeps letters of one word apart, as Persian does. */
const INVISIBLE = /(?!\u200c)[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}]/gu
const PICTOGRAPHS = /\p{Extended_Pictographic}|[\u{1f1e6}-\u{1f1ff}]|\ufe0f/gu
/** What the typeface has letters for. */
const UNKNOWN = /[^\p{Script=Latin}\p{Script=Arabic}\p{Script=Common}\p{Script=Inherited}]/gu
const DIGITS_APART = /[0-9#*©®™]/u

export const escapeXml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** One line of what can be shown, at most so long, cut between words. */
export function cleanWords(text: string, most = MOST_CHARACTERS): string {
  const shown = text
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .replace(PICTOGRAPHS, (found) => (DIGITS_APART.test(found) ? found : ''))
    .replace(INVISIBLE, '')
    .replace(UNKNOWN, '')
    .replace(/ +/g, ' ')
    .trim()
  if (!/[\p{L}\p{N}]/u.test(shown)) return ''
  const letters = Array.from(shown)
  if (letters.length <= most) return shown
  const cut = letters.slice(0, most).join('')
  const space = cut.lastIndexOf(' ')
  return `${(space > most / 2 ? cut.slice(0, space) : cut).replace(/[\s،,.:;؛-]+$/u, '')}…`
}

/** By its first letter that has a direction, as browsers decide it. */
export const isRightToLeft = (text: string): boolean => /^[^\p{L}]*\p{Script=Arabic}/u.test(text)

/** The engine knows no `direction`: a line says itself which way it runs. */
export const isolated = (text: string, rightToLeft: boolean): string =>
  `${rightToLeft ? RIGHT_TO_LEFT : LEFT_TO_RIGHT}${text}${END}`

export interface Line {
  text: string
  width: number
}

export interface LetteringStyle {
  size: number
  weight: 400 | 700
}

const measureSvg = (text: string, { size, weight }: LetteringStyle): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="4096" height="400"><text x="0" y="200" font-family="${FONT_FAMILY}" font-weight="${weight}" font-size="${at(size)}">${escapeXml(isolated(text, isRightToLeft(text)))}</text></svg>`

const measure = async (draw: SandboxDrawing, text: string, style: LetteringStyle): Promise<number> =>
  (await draw.bounds(measureSvg(text, style)))?.width ?? 0

/** Where a line may end, by the rules of the language: never inside a word, nor before its comma. */
function piecesOf(text: string): string[] {
  const pieces: string[] = []
  for (const { segment, isWordLike } of new Intl.Segmenter(isRightToLeft(text) ? 'ar' : 'en', {
    granularity: 'word',
  }).segment(text)) {
    const last = pieces.at(-1)
    if (last !== undefined && !last.endsWith(' ') && (!isWordLike || !/\s$/.test(last)))
      pieces[pieces.length - 1] = last + segment
    else pieces.push(segment)
  }
  return pieces
}

/** Broken into lines of at most so wide; a word that is wider stands alone. */
export async function wrapLines(
  draw: SandboxDrawing,
  text: string,
  { maxWidth, ...style }: LetteringStyle & { maxWidth: number },
): Promise<Line[]> {
  const lines: Line[] = []
  for (const piece of piecesOf(text)) {
    const last = lines.at(-1)
    const joined = last ? last.text + piece : piece
    const width = await measure(draw, joined.trim(), style)
    if (last && width <= maxWidth) lines[lines.length - 1] = { text: joined, width }
    else lines.push({ text: piece, width: await measure(draw, piece.trim(), style) })
  }
  return lines.map(({ text: line, width }) => ({ text: line.trim(), width })).filter(({ text: line }) => line !== '')
}

export interface PlacedLine {
  text: string
  x: number
  y: number
  size: number
  weight: 400 | 700
  anchor: 'start' | 'middle' | 'end'
  fill: Colour
  opacity?: number
  rightToLeft: boolean
}

export const lineMarkup = ({ text, x, y, size, weight, anchor, fill, opacity = 1, rightToLeft }: PlacedLine): string =>
  `<text x="${at(x)}" y="${at(y)}" font-family="${FONT_FAMILY}" font-weight="${weight}" font-size="${at(size)}" text-anchor="${anchor}" fill="${fill}"${opacity === 1 ? '' : ` fill-opacity="${at(opacity)}"`}>${escapeXml(isolated(text, rightToLeft))}</text>`

export interface Fitted {
  lines: Line[]
  size: number
}

/** The largest letters, down to a share of what was wished for, with which a text takes no more lines than it may. */
export async function fitLines(
  draw: SandboxDrawing,
  text: string,
  { size, weight, maxWidth, maxLines }: LetteringStyle & { maxWidth: number; maxLines: number },
): Promise<Fitted> {
  let fitted: Fitted = { lines: [], size }
  for (const share of [1, 0.86, 0.74, 0.62, 0.52, 0.44]) {
    fitted = { lines: await wrapLines(draw, text, { size: size * share, weight, maxWidth }), size: size * share }
    const isWhole = fitted.lines.length <= maxLines && fitted.lines.every(({ width }) => width <= maxWidth)
    if (isWhole) return fitted
  }
  const kept = fitted.lines.slice(0, maxLines)
  const widest = Math.max(...kept.map(({ width }) => width), 1)
  const shrink = Math.min(1, maxWidth / widest)
  const cut = fitted.lines.length > maxLines
  return {
    lines: kept.map((line, index) =>
      cut && index === kept.length - 1 ? { ...line, text: `${line.text.replace(/…$/, '')}…` } : line,
    ),
    size: fitted.size * shrink,
  }
}
