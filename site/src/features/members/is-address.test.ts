import { expect, test } from 'vitest'
import { isAddress } from './is-address.ts'

test('a complete address is taken, Arabic domains included', () => {
  for (const address of ['omar@example.net', 'a.b+c@sub.example.org', 'omar@مثال.إختبار'])
    expect(isAddress(address)).toBe(true)
})

test('what is missing a part is not', () => {
  for (const address of ['', 'omar', 'omar@', '@example.net', 'omar@example', 'o mar@example.net', 'omar@example..net'])
    expect(isAddress(address)).toBe(false)
})
