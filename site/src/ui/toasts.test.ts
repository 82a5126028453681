import { beforeEach, expect, test } from 'vitest'
import { dismissToast, toast, toasts } from './toasts.ts'

beforeEach(() => {
  toasts.value = []
})

test('a message is shown until it is dismissed', () => {
  toast({ text: 'Saved.' })
  const [shown] = toasts.value
  expect(shown).toMatchObject({ tone: 'success', text: 'Saved.' })
  dismissToast(shown!.id)
  expect(toasts.value).toEqual([])
})

test('never more than three at once, the oldest goes first', () => {
  for (const text of ['1', '2', '3', '4']) toast({ text })
  expect(toasts.value.map(({ text }) => text)).toEqual(['2', '3', '4'])
})

test('a message can carry the one thing that takes back what it says', () => {
  let undone = false
  toast({ text: 'Deleted.', action: { label: 'Undo', onPress: () => void (undone = true) } })
  toasts.value[0]?.action?.onPress()
  expect(undone).toBe(true)
})
