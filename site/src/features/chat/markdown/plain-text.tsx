import { useMemo } from 'preact/hooks'
import type { Direction } from '../direction/block-direction.ts'
import { CodeBlock } from './code-block.tsx'
import { proseElement } from './inline.tsx'
import { splitPlainText } from './split-plain-text.ts'
import { ProseContext, useDirection } from './use-direction.ts'

/** What a person typed, as they typed it: only fences and code spans are set apart, and each line has its own direction. */
export function PlainText({ text, fallback, forced }: { text: string; fallback: Direction; forced: Direction | null }) {
  const parts = useMemo(() => splitPlainText(text), [text])
  const setting = useMemo(() => ({ fallback, forced, topHeading: 1 }), [fallback, forced])
  return (
    <ProseContext.Provider value={setting}>
      <div class="chat-plain">
        {parts.map((part, index) =>
          part.kind === 'code' ? (
            <CodeBlock
              key={index}
              token={{ type: 'code', raw: part.text, lang: part.language, text: part.text }}
              open={false}
            />
          ) : (
            <Line key={index} text={part.text} />
          ),
        )}
      </div>
    </ProseContext.Provider>
  )
}

function Line({ text }: { text: string }) {
  const direction = useDirection(text)
  if (text.trim() === '') return <br />
  const parts = text.split(/(`[^`]+`)/)
  return (
    <p dir={direction}>
      {parts.map((part, index) =>
        index % 2 === 1 ? (
          <code dir="ltr">{part.slice(1, -1)}</code>
        ) : (
          proseElement(part.replaceAll('&', '&amp;'), direction)
        ),
      )}
    </p>
  )
}
