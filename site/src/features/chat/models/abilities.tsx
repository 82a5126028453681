import type { Model } from '../../../api/models.ts'
import { Icon } from '../../../ui/icon.tsx'
import { useTranslate } from '../../../ui/locale-context.tsx'
import { shownAbilities } from './model-facts.ts'

const icons = { vision: 'eye', tools: 'tools', reasoning: 'thought' } as const

export function Abilities({ model }: { model: Model }) {
  const t = useTranslate()
  return (
    <span class="chat-abilities">
      {shownAbilities
        .filter((ability) => model.abilities.includes(ability))
        .map((ability) => (
          <span key={ability} class="chat-ability" title={t(`chat.ability-${ability}`)}>
            <Icon name={icons[ability]} size={15} />
            <span class="visually-hidden">{t(`chat.ability-${ability}`)}</span>
          </span>
        ))}
    </span>
  )
}
