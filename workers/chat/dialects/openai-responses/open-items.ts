// The items of an answer while they are written: each opens with its first word and closes when something else begins.
import type { ResponseOutputItem } from '#shared/contracts/responses'
import { parseRecord } from '../loose.ts'
import type { Emit } from './event-log.ts'
import { closingEvents, openingEvents } from './item-events.ts'
import { callItem, messageItem, reasoningItem, type ReasoningForm, type Status } from './output-items.ts'
import { withoutSeal } from './seals.ts'

/** An item that is being written. */
interface Open {
  at: number
  id: string
  /** Words so far. */
  text: string
  item(status: Status): ResponseOutputItem
}

interface Thought extends Open {
  signature: string
  /** The first of its words has come: there are thoughts that are nothing but their seal. */
  begun: boolean
}

export interface OpenItems {
  /** All of them, in the order in which they began. */
  output: ResponseOutputItem[]
  text(words: string): string
  thought(words: string): string
  seal(signature: string): string
  startCall(index: number, call: { id: string; name: string }): string
  call(index: number, input: string): string
  closeAll(status: Status): string
}

export function createOpenItems(emit: Emit, { form, sealed }: { form: ReasoningForm; sealed: boolean }): OpenItems {
  const output: ResponseOutputItem[] = []
  let message: Open | null = null
  let thinking: Thought | null = null
  const calls = new Map<number, Open>()
  const shown = (item: ResponseOutputItem) => (sealed ? item : withoutSeal(item))

  function open<Kind extends Open>(kind: Omit<Kind, 'at' | 'id'>): { opened: Kind; told: string } {
    const item = kind.item('in_progress')
    const opened = { ...kind, at: output.length, id: item.id } as Kind
    output.push(item)
    return { opened, told: emit('response.output_item.added', { output_index: opened.at, item: shown(item) }) }
  }

  function close(each: Open, status: Status): string {
    const item = { ...each.item(status), id: each.id }
    output[each.at] = item
    return closingEvents(emit, each.at, shown(item))
  }

  const closeMessage = (status: Status = 'completed'): string => {
    const told = message ? close(message, status) : ''
    message = null
    return told
  }
  const closeThought = (status: Status = 'completed'): string => {
    const told = thinking ? close(thinking, status) : ''
    thinking = null
    return told
  }
  /** A call whose input is whole is told as soon as something else begins, so that its caller can set to work. */
  function closeWholeCalls(): string {
    let told = ''
    for (const [index, each] of calls) {
      if (parseRecord(each.text) === null) continue
      told += close(each, 'completed')
      calls.delete(index)
    }
    return told
  }
  const closeOthers = (): string => closeMessage() + closeThought() + closeWholeCalls()

  function think(): { thought: Thought; told: string } {
    if (thinking) return { thought: thinking, told: '' }
    const before = closeOthers()
    const { opened, told } = open<Thought>({
      text: '',
      signature: '',
      begun: false,
      item(status) {
        return reasoningItem({ text: this.text, signature: this.signature, form }, status)
      },
    })
    thinking = opened
    return { thought: opened, told: before + told }
  }

  return {
    output,
    text(words) {
      let told = ''
      if (!message) {
        told = closeOthers()
        const started = open<Open>({
          text: '',
          item(status) {
            return messageItem(status === 'in_progress' ? null : this.text, status)
          },
        })
        message = started.opened
        told += started.told + openingEvents(emit, message, 'message')
      }
      message.text += words
      return (
        told +
        emit('response.output_text.delta', {
          item_id: message.id,
          output_index: message.at,
          content_index: 0,
          delta: words,
          logprobs: [],
        })
      )
    },
    thought(words) {
      // A seal ends what it seals: more words are another thought.
      const ended = thinking && thinking.signature !== '' ? closeThought() : ''
      const { thought, told } = think()
      const opened = thought.begun ? '' : openingEvents(emit, thought, form)
      thought.begun = true
      thought.text += words
      const place = { item_id: thought.id, output_index: thought.at, delta: words }
      const delta =
        form === 'summary'
          ? emit('response.reasoning_summary_text.delta', { ...place, summary_index: 0 })
          : emit('response.reasoning_text.delta', { ...place, content_index: 0 })
      return ended + told + opened + delta
    },
    seal(signature) {
      const ended = thinking && thinking.signature !== '' ? closeThought() : ''
      const { thought, told } = think()
      thought.signature = signature
      return ended + told
    },
    startCall(index, call) {
      const before = closeOthers()
      const { opened, told } = open<Open>({
        text: '',
        item(status) {
          const input = this.text === '' && status === 'completed' ? '{}' : this.text
          return callItem({ ...call, input }, status)
        },
      })
      calls.set(index, opened)
      return before + told
    },
    call(index, input) {
      const each = calls.get(index)
      if (!each) return ''
      each.text += input
      return emit('response.function_call_arguments.delta', {
        item_id: each.id,
        output_index: each.at,
        delta: input,
      })
    },
    closeAll(status) {
      let told = closeMessage(status) + closeThought(status)
      for (const each of calls.values()) told += close(each, status)
      calls.clear()
      return told
    },
  }
}
