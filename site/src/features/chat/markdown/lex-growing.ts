// A message's text as blocks. While it grows, only its end is read again: what came before keeps its identity,
// so that nothing of it is drawn anew.
import { Lexer } from 'marked'
import type { Token, TokensList } from 'marked'

export interface LexedText {
  text: string
  tokens: readonly Token[]
  links: TokensList['links']
}

export function lexText(text: string, links: TokensList['links'] = {}): LexedText {
  const lexer = new Lexer({ gfm: true, breaks: false })
  Object.assign(lexer.tokens.links, links)
  const tokens = lexer.lex(text)
  return { text, tokens: [...tokens], links: lexer.tokens.links }
}

export function lexGrowing(before: LexedText | null, text: string): LexedText {
  if (!before || before.text === '' || !text.startsWith(before.text)) return lexText(text)
  if (text.length === before.text.length) return before
  const kept = before.tokens.slice(0, startOfLastGroup(before.tokens))
  const done = kept.map((token) => token.raw).join('')
  // Where the reader changed tabs or line ends on its way, blocks cannot be found again in the text.
  if (!text.startsWith(done)) return lexText(text)
  const end = lexText(text.slice(done.length), before.links)
  return { text, tokens: [...kept, ...end.tokens], links: end.links }
}

/** What follows the last empty line may still become something else: a line a table or a heading, a list a longer list. */
function startOfLastGroup(tokens: readonly Token[]): number {
  let index = tokens.length - 1
  while (index > 0 && tokens[index]?.type === 'space') index--
  while (index > 0 && !isSafeCut(tokens, index)) index--
  return Math.max(index, 0)
}

/** After an empty line, and not right after a list, which may take what follows into its last item. */
function isSafeCut(tokens: readonly Token[], cut: number): boolean {
  const [previous, last] = [tokens[cut - 2], tokens[cut - 1]]
  const before = last?.type === 'space' ? previous : last
  return before?.type !== 'list' && /\n[ \t]*\n$/.test(`${previous?.raw ?? ''}${last?.raw ?? ''}`)
}
