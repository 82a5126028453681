import { useTranslate } from '../../../ui/locale-context.tsx'
import { Icon } from '../../../ui/icon.tsx'
import type { Direction } from '../direction/block-direction.ts'
import { Markdown } from '../markdown/markdown.tsx'

/** What a model thought before it answered, folded away. */
export function Reasoning({ text, thinking, fallback }: { text: string; thinking: boolean; fallback: Direction }) {
  const t = useTranslate()
  return (
    <details class={thinking ? 'chat-reasoning is-thinking' : 'chat-reasoning'}>
      <summary>
        <Icon name="thought" size={16} />
        <span>{t(thinking ? 'chat.thinking' : 'chat.thoughts')}</span>
      </summary>
      <div class="chat-reasoning-text">
        <Markdown text={text} growing={thinking} fallback={fallback} forced={null} />
      </div>
    </details>
  )
}
