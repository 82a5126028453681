import type { Tokens } from 'marked'
import { useMemo, useRef } from 'preact/hooks'
import type { Direction } from '../direction/block-direction.ts'
import { Blocks } from './blocks.tsx'
import { lexGrowing, lexText } from './lex-growing.ts'
import type { LexedText } from './lex-growing.ts'
import { ProseContext } from './use-direction.ts'

export interface MarkdownProps {
  text: string
  /** It is still being written. */
  growing: boolean
  fallback: Direction
  forced: Direction | null
}

export function Markdown({ text, growing, fallback, forced }: MarkdownProps) {
  const before = useRef<LexedText | null>(null)
  const lexed = useMemo(() => {
    // A link may be explained further below it, so a finished text is read once more as a whole.
    before.current = growing ? lexGrowing(before.current, text) : lexText(text)
    return before.current
  }, [text, growing])
  const topHeading = topHeadingOf(lexed)
  const setting = useMemo(() => ({ fallback, forced, topHeading }), [fallback, forced, topHeading])
  return (
    <ProseContext.Provider value={setting}>
      <div class="chat-prose">
        <Blocks tokens={lexed.tokens} open={growing} />
      </div>
    </ProseContext.Provider>
  )
}

const topHeadingOf = ({ tokens }: LexedText): number =>
  Math.min(6, ...tokens.map((token) => (token.type === 'heading' ? (token as Tokens.Heading).depth : 6)))
