import type { ComponentChildren } from 'preact'
import { useId, useRef } from 'preact/hooks'
import { stepFor } from './menu-keys.ts'

export interface TabsProps<V extends string> {
  label: string
  value: V
  tabs: readonly { value: V; label: string }[]
  onChange: (value: V) => void
  /** What the chosen tab shows. */
  children: ComponentChildren
}

export function Tabs<V extends string>({ label, value, tabs, onChange, children }: TabsProps<V>) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    const rtl = list.current?.matches(':dir(rtl)') ?? false
    const next = stepFor({
      key: event.key,
      from: tabs.findIndex((tab) => tab.value === value),
      count: tabs.length,
      axis: 'inline',
      rtl,
    })
    const tab = next === null ? undefined : tabs[next]
    if (!tab) return
    event.preventDefault()
    onChange(tab.value)
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next ?? 0]?.focus()
  }
  return (
    <div class="tabs">
      <div class="tab-list" role="tablist" aria-label={label} ref={list} onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <button
            key={tab.value}
            type="button"
            role="tab"
            class="tab"
            id={`${id}-tab-${tab.value}`}
            aria-selected={tab.value === value}
            aria-controls={`${id}-panel`}
            tabIndex={tab.value === value ? 0 : -1}
            onClick={() => onChange(tab.value)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-tab-${value}`} tabIndex={0}>
        {children}
      </div>
    </div>
  )
}
