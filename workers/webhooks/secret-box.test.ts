import { expect, test } from 'vitest'
import { createSecretBox } from './secret-box.ts'

const KEY = 'a key for tests only, of 32 bytes or more'

test('a secret comes back as it was, and is not to be seen in between', async () => {
  const box = createSecretBox(KEY)
  const sealed = await box.seal('whsec_abc', 'whe_1')
  expect(sealed).not.toContain('whsec')
  expect(await box.open(sealed, 'whe_1')).toBe('whsec_abc')
  expect(await createSecretBox(KEY).open(sealed, 'whe_1')).toBe('whsec_abc')
})

test('the same secret is never sealed the same way twice', async () => {
  const box = createSecretBox(KEY)
  expect(await box.seal('whsec_abc', 'whe_1')).not.toBe(await box.seal('whsec_abc', 'whe_1'))
})

test('with another key, for another webhook, or changed, it does not open', async () => {
  const box = createSecretBox(KEY)
  const sealed = await box.seal('whsec_abc', 'whe_1')
  expect(await createSecretBox(`${KEY}, another one`).open(sealed, 'whe_1')).toBeNull()
  expect(await box.open(sealed, 'whe_2')).toBeNull()
  for (const wrong of ['', 'v1', 'v1.AAAA.AAAA', 'v1.not base64.%', sealed.replace('v1', 'v2'), `${sealed}AAAA`])
    expect(await box.open(wrong, 'whe_1')).toBeNull()
})

test('without a key nothing starts', () => {
  expect(() => createSecretBox(undefined)).toThrow(/WEBHOOKS_KEY/)
  expect(() => createSecretBox('short')).toThrow(/WEBHOOKS_KEY/)
})
