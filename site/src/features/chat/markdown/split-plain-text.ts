export type PlainPart = { kind: 'line'; text: string } | { kind: 'code'; language: string; text: string }

const fence = /^[ \t]{0,3}(`{3,}|~{3,})[ \t]*([^\s`]*)[^\n`]*\n([\s\S]*?)(?:\n?^[ \t]{0,3}\1[ \t]*$|(?![\s\S]))/gm

/** Fenced code apart from lines of text. */
export function splitPlainText(text: string): PlainPart[] {
  const parts: PlainPart[] = []
  let end = 0
  const addLines = (lines: string) => {
    if (lines !== '')
      parts.push(
        ...lines
          .replace(/\n$/, '')
          .split('\n')
          .map((line) => ({ kind: 'line' as const, text: line })),
      )
  }
  for (const match of text.matchAll(fence)) {
    addLines(text.slice(end, match.index))
    parts.push({ kind: 'code', language: match[2] ?? '', text: match[3] ?? '' })
    end = match.index + match[0].length
    if (text[end] === '\n') end++
  }
  addLines(text.slice(end))
  return parts
}
