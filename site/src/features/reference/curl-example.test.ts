import { expect, test } from 'vitest'
import { curlExample } from './curl-example.ts'

test('an example can be pasted: the key and the address are variables, quotes are safe', () => {
  expect(curlExample({ method: 'post', path: '/v1/messages', example: { text: "it's" }, needsKey: true })).toBe(
    [
      `curl -X POST "$RIWAQ_URL/v1/messages" \\`,
      `  -H "Authorization: Bearer $RIWAQ_KEY" \\`,
      `  -H "Content-Type: application/json" \\`,
      String.raw`  -d '{"text":"it'\''s"}'`,
    ].join('\n'),
  )
})

test('what stands in a path is a variable too', () => {
  expect(curlExample({ method: 'get', path: '/api/keys/{id}', example: undefined, needsKey: false })).toBe(
    'curl "$RIWAQ_URL/api/keys/$id"',
  )
})
