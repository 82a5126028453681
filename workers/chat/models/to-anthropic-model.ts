// A model as Anthropic's clients list it.
import type { Ability, CatalogModel } from '#shared/contracts/model'
import type { AnthropicModel } from '#shared/contracts/models'

const lines = ['haiku', 'sonnet', 'opus', 'fable', 'mythos'] as const

const lineOf = ({ vendor, upstream }: CatalogModel): AnthropicModel['line'] =>
  vendor === 'anthropic' ? (lines.find((line) => upstream.includes(line)) ?? null) : null

type Effort = NonNullable<CatalogModel['efforts']>[number]

function toCapabilities(model: CatalogModel): AnthropicModel['capabilities'] {
  const can = (ability: Ability) => ({ supported: model.abilities.includes(ability) })
  const effort = (level: Effort) => ({
    supported: can('effort').supported && (model.efforts?.includes(level) ?? true),
  })
  const no = { supported: false }
  const thinks = can('reasoning')
  return {
    batch: no,
    citations: { supported: model.vendor === 'anthropic' },
    code_execution: no,
    context_management: {
      ...no,
      clear_thinking_20251015: null,
      clear_tool_uses_20250919: null,
      compact_20260112: null,
    },
    effort: {
      ...can('effort'),
      low: effort('low'),
      medium: effort('medium'),
      high: effort('high'),
      xhigh: effort('xhigh'),
      max: effort('max'),
    },
    image_input: can('vision'),
    pdf_input: can('file-input'),
    server_tools: { ...no, code_execution: no, web_search: no },
    structured_outputs: can('json-schema'),
    thinking: {
      ...thinks,
      types: {
        adaptive: can('effort'),
        between_tools: { supported: model.vendor === 'anthropic' && can('effort').supported },
        disabled: thinks,
        enabled: can('reasoning-budget'),
      },
    },
  }
}

export const toAnthropicModel = (model: CatalogModel): AnthropicModel => ({
  type: 'model',
  id: model.id,
  display_name: model.name,
  // Its clients cannot do without a date, and the day its price was read is the only one we know.
  created_at: new Date(Date.parse(model.priceCheckedAt)).toISOString(),
  deprecated_at: null,
  retires_at: null,
  lifecycle: 'active',
  line: lineOf(model),
  max_input_tokens: model.contextTokens,
  max_tokens: model.maxOutputTokens,
  capabilities: toCapabilities(model),
})
