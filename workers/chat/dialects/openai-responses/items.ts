// The input of a request as a list of items, whatever short form it was written in.
import type { ResponseInputItem, ResponseItem, ResponsesRequest } from '#shared/contracts/responses'
import { randomText } from '#shared/lib/ids'

export type ItemReference = Extract<ResponseInputItem, { type?: 'item_reference' | null }>

export const isReference = (item: ResponseInputItem): item is ItemReference =>
  item.type === 'item_reference' || (!item.type && !('role' in item))

export const toItems = (input: ResponsesRequest['input']): ResponseInputItem[] => {
  if (typeof input !== 'string') return input ?? []
  return input === '' ? [] : [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: input }] }]
}

/** Items of a request that is whole: every reference was resolved when it was completed. */
export const itemsOf = ({ input }: ResponsesRequest): ResponseItem[] =>
  toItems(input).filter((item): item is ResponseItem => !isReference(item))

const prefixes: Record<NonNullable<ResponseItem['type']>, string> = {
  message: 'msg',
  function_call: 'fc',
  function_call_output: 'fco',
  custom_tool_call: 'ctc',
  custom_tool_call_output: 'ctco',
  reasoning: 'rs',
}

export const createItemId = (type: NonNullable<ResponseItem['type']>): string => `${prefixes[type]}_${randomText(24)}`

/** As it is listed: with an id and a type, and its text in parts. */
export function toListedItem(item: ResponseItem): ResponseItem & { id: string } {
  const type = item.type ?? 'message'
  const id = item.id ?? createItemId(type)
  if ('role' in item) {
    const kind = item.role === 'assistant' ? ('output_text' as const) : ('input_text' as const)
    const content =
      typeof item.content === 'string'
        ? [{ type: kind, text: item.content, ...(kind === 'output_text' && { annotations: [] }) }]
        : item.content
    return { ...item, type: 'message', id, content, status: item.status ?? 'completed' }
  }
  return item.type === 'custom_tool_call' || item.type === 'custom_tool_call_output'
    ? { ...item, id }
    : { ...item, id, status: item.status ?? 'completed' }
}
