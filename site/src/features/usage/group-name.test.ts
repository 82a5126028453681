import { expect, test } from 'vitest'
import { translator } from '../../i18n/translate.ts'
import { groupName } from './group-name.ts'

const names = { members: new Map([['user_1', 'Lina']]), keys: new Map([['key_1', 'Server']]) }
const nameIn = (locale: string) => (by: 'model' | 'member' | 'key' | 'service', group: string | null) =>
  groupName({ by, group, names, myId: 'user_1', locale, t: translator(locale) })

test('members and keys are called by their names, oneself is marked', () => {
  expect(nameIn('en')('member', 'user_1')).toBe('Lina (you)')
  expect(nameIn('ar')('key', 'key_1')).toBe('Server')
})

test('who has left the organization keeps an id rather than nothing', () => {
  expect(nameIn('en')('member', 'user_9')).toBe('user_9')
})

test('spending without a key is explained in words', () => {
  expect(nameIn('en')('key', null)).toBe('Without a key, on these pages')
  expect(nameIn('ar')('service', 'chat')).toBe('المحادثة')
  expect(nameIn('en')('service', 'holograms')).toBe('holograms')
})
