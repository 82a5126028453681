import { expect, test } from 'vitest'
import { emailInToken } from './confirmation.ts'

const tokenOf = (payload: string) => `header.${btoa(payload).replaceAll('+', '-').replaceAll('/', '_')}.signature`

test('the token says whose address is to be confirmed', () => {
  expect(emailInToken(tokenOf('{"email":"salma@example.com"}'))).toBe('salma@example.com')
})

test('what is no token says nothing', () => {
  for (const token of ['', 'x', 'a.b.c', tokenOf('[]'), tokenOf('{"email":7}'), tokenOf('{')])
    expect(emailInToken(token)).toBe('')
})
