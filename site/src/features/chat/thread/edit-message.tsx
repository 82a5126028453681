import { useEffect, useRef, useState } from 'preact/hooks'
import { Button } from '../../../ui/button.tsx'
import { useTranslate } from '../../../ui/locale-context.tsx'
import { fitToText } from '../composer/fit-to-text.ts'

export interface EditMessageProps {
  content: string
  running: boolean
  onSave: (content: string) => Promise<boolean>
  onRerun: (content: string) => void
  onCancel: () => void
}

export function EditMessage({ content, running, onSave, onRerun, onCancel }: EditMessageProps) {
  const t = useTranslate()
  const [text, setText] = useState(content)
  const [saving, setSaving] = useState(false)
  const area = useRef<HTMLTextAreaElement>(null)
  const ready = text.trim() !== '' && !saving

  useEffect(() => {
    const element = area.current
    if (!element) return
    element.focus()
    element.setSelectionRange(element.value.length, element.value.length)
  }, [])
  useEffect(() => void (area.current && fitToText(area.current)), [text])

  const save = async () => {
    if (!ready) return
    if (text === content) return onCancel()
    setSaving(true)
    if (!(await onSave(text))) setSaving(false)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return
    const command = event.ctrlKey || event.metaKey
    if (event.key === 'Escape') onCancel()
    else if (command && event.key === 'Enter' && ready && !running) onRerun(text)
    else if (command && event.key.toLowerCase() === 's') void save()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div class="chat-edit">
      <textarea
        ref={area}
        class="input"
        dir="auto"
        rows={2}
        value={text}
        aria-label={t('chat.edit-label')}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div class="chat-edit-foot">
        <span class="chat-edit-hint">{t(running ? 'chat.wait-running' : 'chat.edit-hint')}</span>
        <Button size="sm" variant="ghost" onClick={onCancel}>
          {t('ui.cancel')}
        </Button>
        <Button size="sm" busy={saving} disabled={!ready || running} onClick={() => void save()}>
          {t('chat.edit-save')}
        </Button>
        <Button size="sm" variant="primary" disabled={!ready || running} onClick={() => onRerun(text)}>
          {t('chat.edit-rerun')}
        </Button>
      </div>
    </div>
  )
}
