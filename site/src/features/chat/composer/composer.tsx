import type { ComponentChildren, Ref } from 'preact'
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { formatNumber } from '../../../i18n/format-number.ts'
import { Button } from '../../../ui/button.tsx'
import { useLocale, useTranslate } from '../../../ui/locale-context.tsx'
import { Menu } from '../../../ui/menu.tsx'
import { useTypedEarly } from '../../../ui/use-typed-early.ts'
import type { Direction } from '../direction/block-direction.ts'
import { typedDirection } from '../direction/typed-direction.ts'
import { directionItems } from '../thread/direction-items.ts'
import { composerAction } from './composer-keys.ts'
import { keepDraft, readDraft } from './drafts.ts'
import { fitToText } from './fit-to-text.ts'

const LONGEST = 400_000

export interface ComposerProps {
  conversationId: string | null
  running: boolean
  stopping: boolean
  /** Something was sent and is not yet there. */
  sending: boolean
  hasModel: boolean
  areaRef: Ref<HTMLTextAreaElement>
  onSend: (text: string) => void
  onStop: () => void
  /** Put into the field from outside: an example, or what could not be sent. Empty: what was there has been sent. */
  suggestion: { text: string } | null
  /** What goes with the words. */
  attached?: ComponentChildren
  /** The choice of the model. */
  children: ComponentChildren
}

export function Composer(props: ComposerProps) {
  const {
    conversationId,
    running,
    stopping,
    sending,
    hasModel,
    areaRef,
    onSend,
    onStop,
    suggestion,
    attached,
    children,
  } = props
  const t = useTranslate()
  const id = useId()
  const [text, setText] = useState('')
  const [direction, setDirection] = useState<Direction | null>(null)
  const [explained, setExplained] = useState(false)
  const area = useRef<HTMLTextAreaElement | null>(null)
  const reason = useReason({ text, running, sending, hasModel })

  const change = (next: string) => {
    setText(next)
    setExplained(false)
    keepDraft(conversationId, next)
  }
  // What was typed before the page was alive belongs to whichever conversation it opens.
  const early = useRef('')
  const typed = useTypedEarly({
    id: `${id}-text`,
    value: text,
    onInput: (next) => {
      early.current = next
      setText(next)
    },
  })
  useEffect(() => {
    setText(readDraft(conversationId) || early.current)
    setExplained(false)
  }, [conversationId])
  useEffect(() => {
    if (!suggestion) return
    // Sent from elsewhere: the draft stays until the platform has it.
    if (suggestion.text === '') return setText('')
    change(suggestion.text)
    area.current?.focus()
  }, [suggestion])
  useLayoutEffect(() => void (area.current && fitToText(area.current)), [text])

  const send = () => {
    if (reason) return setExplained(true)
    early.current = ''
    change('')
    onSend(text)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const action = composerAction(event, { running, touch: matchMedia('(pointer: coarse) and (hover: none)').matches })
    if (action !== 'send' && action !== 'stop') return
    event.preventDefault()
    if (action === 'send') send()
    else onStop()
  }
  return (
    <form
      class="chat-composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <div class="chat-composer-box">
        {attached}
        <textarea
          ref={(element) => {
            area.current = element
            if (typeof areaRef === 'function') areaRef(element)
            else if (areaRef) areaRef.current = element
          }}
          id={`${id}-text`}
          class="chat-composer-text"
          rows={1}
          dir={direction ?? typedDirection(text)}
          value={typed}
          enterkeyhint="enter"
          placeholder={t('chat.composer-placeholder')}
          aria-label={t('chat.composer-label')}
          aria-describedby={`${id}-hint`}
          onInput={(event) => {
            early.current = ''
            change(event.currentTarget.value)
          }}
          onKeyDown={onKeyDown}
        />
        <div class="chat-composer-bar">
          {children}
          <span class="chat-composer-space" />
          <Menu
            label={t('chat.direction')}
            icon="direction"
            iconOnly
            size="sm"
            items={directionItems({ t, chosen: direction, onChoose: setDirection })}
          />
          {running ? (
            <Button
              class="chat-send chat-stop"
              variant="secondary"
              iconOnly
              icon="stop"
              busy={stopping}
              onClick={onStop}
            >
              {t(stopping ? 'chat.stopping' : 'chat.stop')}
            </Button>
          ) : (
            <Button
              class={reason ? 'chat-send is-waiting' : 'chat-send'}
              variant="primary"
              iconOnly
              icon="send"
              type="submit"
              busy={sending}
            >
              {t('chat.send')}
            </Button>
          )}
        </div>
      </div>
      <p
        id={`${id}-hint`}
        class={explained && reason ? 'chat-composer-hint is-reason' : 'chat-composer-hint'}
        role={explained && reason ? 'status' : undefined}
      >
        {explained && reason ? (
          reason
        ) : (
          <>
            <span class="chat-keys-hint">{t('chat.composer-hint')} </span>
            {t('chat.composer-honest')}
          </>
        )}
      </p>
    </form>
  )
}

/** Why nothing can be sent now; null where it can. */
function useReason({
  text,
  running,
  sending,
  hasModel,
}: {
  text: string
  running: boolean
  sending: boolean
  hasModel: boolean
}): string | null {
  const t = useTranslate()
  const locale = useLocale()
  if (running || sending) return t('chat.wait-running')
  if (!hasModel) return t('chat.wait-models')
  if (text.trim() === '') return t('chat.wait-empty')
  if (text.length > LONGEST)
    return t('chat.wait-long', { length: formatNumber(locale, text.length), limit: formatNumber(locale, LONGEST) })
  return null
}
