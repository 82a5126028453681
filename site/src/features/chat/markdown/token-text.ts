import type { Token, Tokens } from 'marked'

type Nested = { tokens?: Token[]; items?: Token[]; text?: string; type: string }

/** The prose of a block, for weighing its direction: code, addresses and pictures say nothing about it. */
export function proseOf(token: Token): string {
  const { type, tokens, items, text } = token as Nested
  if (type === 'codespan' || type === 'code' || type === 'image' || type === 'html' || type === 'checkbox') return ' '
  if (type === 'link' && (token as { autolink?: boolean }).autolink) return ' '
  if (type === 'table') return proseOfTable(token as Tokens.Table)
  const inner = items ?? tokens
  if (inner) return inner.map(proseOf).join(type === 'list' ? '\n' : '')
  return text ?? ''
}

const proseOfTable = (table: Tokens.Table): string =>
  [table.header, ...table.rows].flatMap((row) => row.map((cell) => cell.tokens.map(proseOf).join(''))).join('\n')
