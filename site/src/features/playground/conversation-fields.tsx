import { Button } from '../../ui/button.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { Select } from '../../ui/select.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import type { Draft, Turn } from './draft.ts'
import { takesConversation } from './lacks.ts'
import type { Faults } from './to-call.ts'

interface ConversationFieldsProps {
  draft: Draft
  faults: Faults
  onChange: (part: Partial<Draft>) => void
}

/** What is said: of a conversation by whom, else one text after the other. */
export function ConversationFields({ draft, faults, onChange }: ConversationFieldsProps) {
  const t = useTranslate()
  const isConversation = takesConversation(draft.api)
  const setTurn = (index: number, part: Partial<Turn>) =>
    onChange({ turns: draft.turns.map((turn, at) => (at === index ? { ...turn, ...part } : turn)) })
  const lastRole = draft.turns.at(-1)?.role
  const added: Turn = { role: isConversation && lastRole === 'user' ? 'assistant' : 'user', text: '' }
  return (
    <div class="stack">
      {isConversation && (
        <TextArea
          label={t('playground.system')}
          optional
          rows={2}
          value={draft.system}
          onInput={(system) => onChange({ system })}
        />
      )}
      {draft.turns.map((turn, index) => (
        <div class="playground-turn" key={index}>
          <div class="playground-turn-head">
            {isConversation && (
              <Select
                size="sm"
                labelHidden
                label={t('playground.role', { number: index + 1 })}
                value={turn.role}
                options={[
                  { value: 'user', label: t('playground.role-user') },
                  { value: 'assistant', label: t('playground.role-assistant') },
                ]}
                onChange={(role) => setTurn(index, { role })}
              />
            )}
            {draft.turns.length > 1 && (
              <Button
                variant="ghost"
                size="sm"
                iconOnly
                icon="trash"
                onClick={() => onChange({ turns: draft.turns.filter((_, at) => at !== index) })}
              >
                {t('playground.remove-message', { number: index + 1 })}
              </Button>
            )}
          </div>
          <TextArea
            label={t(isConversation ? 'playground.message' : 'playground.text', { number: index + 1 })}
            labelHidden={isConversation}
            rows={3}
            value={turn.text}
            error={faults.turns && index === 0 ? t(`playground.fault-${faults.turns}`) : null}
            onInput={(text) => setTurn(index, { text })}
          />
        </div>
      ))}
      <div>
        <Button size="sm" icon="plus" onClick={() => onChange({ turns: [...draft.turns, added] })}>
          {t(isConversation ? 'playground.add-message' : 'playground.add-text')}
        </Button>
      </div>
    </div>
  )
}
