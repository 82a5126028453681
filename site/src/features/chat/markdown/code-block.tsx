import type { Tokens } from 'marked'
import { useEffect, useState } from 'preact/hooks'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { useTranslate } from '../../../ui/locale-context.tsx'
import { isPlainFence, languageOf } from './languages.ts'
import { useDirection } from './use-direction.ts'

/** Code is read from the left. A fence without a language may hold prose, which then reads as prose does. */
export function CodeBlock({ token, open }: { token: Tokens.Code; open: boolean }) {
  const t = useTranslate()
  const tag = (token.lang ?? '').trim().split(/[\s{]/)[0] ?? ''
  const coloured = useColours({ code: token.text, tag, ready: !open })
  const weighed = useDirection(token.text)
  const direction = isPlainFence(tag) ? weighed : 'ltr'
  return (
    <figure class="chat-code" dir="ltr">
      <figcaption class="chat-code-head">
        <span class="chat-code-name">{tag || t('chat.code')}</span>
        <CopyButton text={token.text} label={t('chat.copy-code')} />
      </figcaption>
      <pre dir={direction} tabIndex={0} class={direction === 'rtl' ? 'chat-code-prose' : undefined}>
        {coloured === null ? <code>{token.text}</code> : <code dangerouslySetInnerHTML={{ __html: coloured }} />}
      </pre>
    </figure>
  )
}

/** Colours come when the block is complete, and in their own time. */
function useColours({ code, tag, ready }: { code: string; tag: string; ready: boolean }): string | null {
  const [coloured, setColoured] = useState<{ code: string; html: string | null } | null>(null)
  const language = languageOf(tag)
  useEffect(() => {
    if (!ready || !language) return
    let wanted = true
    void import('./highlight.ts')
      .then(({ highlight }) => highlight(code, language))
      .then(
        (html) => wanted && setColoured({ code, html }),
        // Without its colours it is still the same code.
        () => undefined,
      )
    return () => {
      wanted = false
    }
  }, [code, language, ready])
  return coloured?.code === code ? coloured.html : null
}
