import { expect, test } from 'vitest'
import { tokenIn } from './token-in.ts'

test('the token of a public page is what stands behind the hash', () => {
  expect(tokenIn('#shr_0123456789abcdef')).toBe('shr_0123456789abcdef')
})

test.each(['', '#', '#short', '#../../api/account', `#${'x'.repeat(201)}`, '#a b c d e f g h'])(
  '%j is no token, and nothing is asked for it',
  (hash) => {
    expect(tokenIn(hash)).toBeNull()
  },
)
