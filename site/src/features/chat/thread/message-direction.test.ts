import { expect, test } from 'vitest'
import { chooseDirection, chosenDirection } from './message-direction.ts'

const createStore = (first: string | null = null) => {
  let kept = first
  return { getItem: () => kept, setItem: (_: string, value: string) => void (kept = value) }
}

test('a direction that was chosen for a message is remembered until it is automatic again', () => {
  const store = createStore()
  chooseDirection('msg_1', 'rtl', store)
  chooseDirection('msg_2', 'ltr', store)
  expect([chosenDirection('msg_1', store), chosenDirection('msg_2', store), chosenDirection('msg_3', store)]).toEqual([
    'rtl',
    'ltr',
    null,
  ])
  chooseDirection('msg_1', null, store)
  expect(chosenDirection('msg_1', store)).toBe(null)
})

test('the oldest choices are forgotten first', () => {
  const store = createStore()
  for (let count = 0; count < 320; count++) chooseDirection(`msg_${count}`, 'rtl', store)
  expect([chosenDirection('msg_0', store), chosenDirection('msg_319', store)]).toEqual([null, 'rtl'])
})

test.each(['nonsense', '{}', '[["msg_1","up"]]'])('what cannot be read (%s) is no choice', (kept) => {
  expect(chosenDirection('msg_1', createStore(kept))).toBe(null)
})
