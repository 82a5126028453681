import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks'
import type { Model } from '../../../api/models.ts'
import { formatCompact } from '../../../i18n/format-number.ts'
import { classNames } from '../../../ui/class-names.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { useLocale, useTranslate } from '../../../ui/locale-context.tsx'
import { stepFor } from '../../../ui/menu-keys.ts'
import { typedDirection } from '../direction/typed-direction.ts'
import { Abilities } from './abilities.tsx'
import { groupModels, ownerName, priceSentence } from './model-facts.ts'

export interface ModelDialogProps {
  open: boolean
  title: string
  models: readonly Model[]
  current: string | null
  onChoose: (id: string) => void
  onClose: () => void
}

/** A list to search and choose from with the keyboard: the focus stays in the field, the arrows move the choice. */
export default function ModelDialog(props: ModelDialogProps) {
  const t = useTranslate()
  return (
    <Dialog open={props.open} onClose={props.onClose} title={props.title} size="md">
      <ModelList {...props} />
      <p class="chat-model-note">{t('chat.model-price-note')}</p>
    </Dialog>
  )
}

function ModelList({ models, current, onChoose, onClose }: ModelDialogProps) {
  const t = useTranslate()
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const [search, setSearch] = useState('')
  const groups = useMemo(() => groupModels(models, search), [models, search])
  const shown = useMemo(() => groups.flatMap((group) => group.models), [groups])
  const [active, setActive] = useState(() =>
    Math.max(
      0,
      shown.findIndex((model) => model.id === current),
    ),
  )

  useEffect(() => list.current?.querySelector('.is-active')?.scrollIntoView({ block: 'nearest' }), [active, groups])

  const choose = (model: Model | undefined) => {
    if (!model) return
    onClose()
    onChoose(model.id)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return
    if (event.key === 'Enter') {
      event.preventDefault()
      return choose(shown[active])
    }
    const next = ['Home', 'End'].includes(event.key)
      ? null
      : stepFor({ key: event.key, from: active, count: shown.length, axis: 'block', rtl: false })
    if (next === null) return
    event.preventDefault()
    setActive(next)
  }
  return (
    <div class="chat-models">
      <div class="chat-search">
        <Icon name="search" size={17} />
        <input
          class="input"
          type="search"
          role="combobox"
          autoFocus
          dir={typedDirection(search)}
          value={search}
          placeholder={t('chat.model-search')}
          aria-label={t('chat.model-search')}
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={shown[active] ? `${id}-${active}` : undefined}
          onInput={(event) => {
            setSearch(event.currentTarget.value)
            setActive(0)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div ref={list} id={`${id}-list`} class="chat-model-list" role="listbox" aria-label={t('chat.model-choose')}>
        {groups.map((group) => (
          <div key={group.owner} role="group" aria-label={ownerName(group.owner)}>
            <p class="chat-model-owner" aria-hidden="true">
              <bdi>{ownerName(group.owner)}</bdi>
            </p>
            {group.models.map((model) => {
              const index = shown.indexOf(model)
              return (
                <ModelRow
                  key={model.id}
                  id={`${id}-${index}`}
                  model={model}
                  active={index === active}
                  current={model.id === current}
                  onHover={() => setActive(index)}
                  onChoose={() => choose(model)}
                />
              )
            })}
          </div>
        ))}
      </div>
      {shown.length === 0 && <p class="chat-model-none">{t('chat.model-none', { search })}</p>}
    </div>
  )
}

interface ModelRowProps {
  id: string
  model: Model
  active: boolean
  current: boolean
  onHover: () => void
  onChoose: () => void
}

function ModelRow({ id, model, active, current, onHover, onChoose }: ModelRowProps) {
  const t = useTranslate()
  const locale = useLocale()
  return (
    <div
      id={id}
      role="option"
      aria-selected={current}
      class={classNames('chat-model', active && 'is-active')}
      onClick={onChoose}
      onPointerMove={active ? undefined : onHover}
    >
      <span class="chat-model-head">
        <bdi class="chat-model-name">{model.name}</bdi>
        {model.sandbox && <span class="badge badge-accent">{t('chat.sandbox')}</span>}
        <Abilities model={model} />
        {current && <Icon name="check" size={17} />}
      </span>
      {model.sandbox && <span class="chat-model-fact">{t('chat.sandbox-text')}</span>}
      <span class="chat-model-facts">
        <span class="numeric">{priceSentence({ locale, t, model })}</span>
        <span>{t('chat.model-context', { tokens: formatCompact(locale, model.context_window) })}</span>
        <span>{t('chat.model-output', { tokens: formatCompact(locale, model.max_output_tokens) })}</span>
      </span>
      <bdi class="chat-model-id" dir="ltr">
        {model.id}
      </bdi>
    </div>
  )
}
