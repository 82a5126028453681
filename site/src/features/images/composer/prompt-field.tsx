import type { Ref } from 'preact'
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useTranslate } from '../../../ui/locale-context.tsx'
import { useTypedEarly } from '../../../ui/use-typed-early.ts'
import { atTheEnd, stepBack, stepForward } from '../state/prompt-history.ts'

export interface PromptFieldProps {
  value: string
  placeholder: string
  disabled?: boolean
  describedBy: string
  areaRef: Ref<HTMLTextAreaElement>
  /** Own prompts, newest first. */
  prompts: readonly string[]
  onInput: (text: string) => void
  onMake: () => void
}

/** Grows with its text; ⌘/Ctrl+Enter makes; ↑ at its very beginning leads to the prompts before. */
export function PromptField(props: PromptFieldProps) {
  const { value, placeholder, disabled, describedBy, areaRef, prompts, onInput, onMake } = props
  const t = useTranslate()
  const id = useId()
  const area = useRef<HTMLTextAreaElement | null>(null)
  const [history, setHistory] = useState(atTheEnd)
  const typed = useTypedEarly({ id, value, onInput })
  useLayoutEffect(() => {
    const field = area.current
    if (!field) return
    field.style.blockSize = 'auto'
    field.style.blockSize = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`
  }, [value])
  const shown = useRef<string | null>(null)
  useEffect(() => {
    if (value !== shown.current) setHistory(atTheEnd)
  }, [value])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || event.keyCode === 229) return
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      return onMake()
    }
    const field = area.current
    if (!field || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return
    const atStart = field.selectionStart === 0 && field.selectionEnd === 0
    const walking = history.at !== null
    const step =
      event.key === 'ArrowUp' && (atStart || walking)
        ? stepBack(history, { prompts, text: value })
        : event.key === 'ArrowDown' && walking
          ? stepForward(history, { prompts })
          : null
    if (!step) return
    event.preventDefault()
    shown.current = step.text
    setHistory(step.history)
    onInput(step.text)
    requestAnimationFrame(() => field.setSelectionRange(0, 0))
  }
  return (
    <textarea
      ref={(element) => {
        area.current = element
        if (typeof areaRef === 'function') areaRef(element)
        else if (areaRef) areaRef.current = element
      }}
      id={id}
      class="images-prompt"
      rows={2}
      // Without a letter there is no direction but the page's own.
      dir={/\p{L}/u.test(typed) ? 'auto' : undefined}
      value={typed}
      disabled={disabled}
      placeholder={placeholder}
      aria-label={t('images.prompt')}
      aria-describedby={describedBy}
      onInput={(event) => {
        shown.current = null
        setHistory(atTheEnd)
        onInput(event.currentTarget.value)
      }}
      onKeyDown={onKeyDown}
    />
  )
}
