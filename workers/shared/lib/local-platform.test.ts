import { expect, test } from 'vitest'
import { isLocalPlatform } from './local-platform.ts'

test.each([undefined, '', ' ', 'http://localhost:8787', 'http://127.0.0.1:8787/', 'http://[::1]:8787'])(
  'a platform at %s runs on somebody’s machine',
  (publicUrl) => {
    expect(isLocalPlatform(publicUrl)).toBe(true)
  },
)

test.each(['https://riwaq.example', 'http://localhost.example', 'https://10.0.0.7', 'not an address'])(
  'a platform at %s does not',
  (publicUrl) => {
    expect(isLocalPlatform(publicUrl)).toBe(false)
  },
)
