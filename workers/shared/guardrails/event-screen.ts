// A model's answer on its way through the guardrails, event by event: its text, its reasoning and the arguments of
// its tool calls are each one text, however they were cut.
import type { LanguageEvent } from '#shared/providers/spec/language-model'
import { createJsonScreen } from './matching/json-screen.ts'
import { createTextScreen, type Finding, type Rule, type Tell, type TextScreen } from './matching/text-screen.ts'

export interface EventScreen {
  /** What may be passed on now. After a block: nothing any more. */
  take(event: LanguageEvent): LanguageEvent[]
  blocked(): Finding | null
}

type Spoken = 'text-delta' | 'reasoning-delta'

interface Channel {
  type: Spoken
  screen: TextScreen
  /** Something of it was masked: a seal on the whole of it is not true any more. */
  changed: boolean
}

export function createEventScreen({ rules, tell }: { rules: readonly Rule[]; tell: Tell }): EventScreen {
  let channel: Channel | null = null
  let blocked: Finding | null = null
  const calls = new Map<number, TextScreen>()

  const told: Tell = (finding) => {
    if (channel && finding.rule.action === 'mask') channel.changed = true
    tell(finding)
  }

  function after(screen: TextScreen, events: LanguageEvent[]): LanguageEvent[] {
    blocked ??= screen.blocked()
    return events
  }

  const spoken = (type: Spoken, text: string): LanguageEvent[] => (text === '' ? [] : [{ type, text }])

  /** A text ends where something else begins. */
  function closeChannel(): LanguageEvent[] {
    if (!channel) return []
    const { type, screen } = channel
    const rest = screen.end()
    const events = after(screen, spoken(type, rest))
    channel = null
    return events
  }

  function speak(event: Extract<LanguageEvent, { type: Spoken }>): LanguageEvent[] {
    const before = channel?.type === event.type ? [] : closeChannel()
    if (blocked) return before
    channel ??= { type: event.type, screen: createTextScreen({ rules, tell: told }), changed: false }
    const { screen } = channel
    const passed = screen.push(event.text)
    return after(screen, [...before, ...spoken(event.type, passed)])
  }

  function argue({ index, input }: Extract<LanguageEvent, { type: 'tool-call-delta' }>): LanguageEvent[] {
    const screen = calls.get(index) ?? createJsonScreen({ rules, tell })
    calls.set(index, screen)
    const passed = screen.push(input)
    return after(screen, passed === '' ? [] : [{ type: 'tool-call-delta', index, input: passed }])
  }

  function closeCalls(): LanguageEvent[] {
    const events: LanguageEvent[] = []
    for (const [index, screen] of calls) {
      if (blocked) break
      const input = screen.end()
      after(screen, events)
      if (input !== '') events.push({ type: 'tool-call-delta', index, input })
    }
    calls.clear()
    return events
  }

  function seal(event: Extract<LanguageEvent, { type: 'reasoning-signature' }>): LanguageEvent[] {
    const sealed = channel?.type === 'reasoning-delta' ? channel : null
    const rest = closeChannel()
    return blocked || sealed?.changed ? rest : [...rest, event]
  }

  function rest(event: LanguageEvent): LanguageEvent[] {
    const events = closeChannel()
    if (!blocked && event.type === 'finish') events.push(...closeCalls())
    return blocked ? events : [...events, event]
  }

  return {
    take(event) {
      if (blocked) return []
      if (event.type === 'text-delta' || event.type === 'reasoning-delta') return speak(event)
      if (event.type === 'tool-call-delta') return argue(event)
      return event.type === 'reasoning-signature' ? seal(event) : rest(event)
    },
    blocked: () => blocked,
  }
}
