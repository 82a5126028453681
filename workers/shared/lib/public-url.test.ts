import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkPublicUrl } from './public-url.ts'

const fault = (text: string, local = false) => {
  const verdict = checkPublicUrl(text, { local })
  return verdict.ok ? null : verdict.fault
}

/** `URL` has told the host by then: one way to write each. */
const isThisMachine = (url: string) =>
  ['127.0.0.1', '[::1]', 'localhost'].includes(new URL(url).hostname.replace(/\.+$/, ''))

test.each([
  'https://hooks.example/riwaq',
  'https://hooks.example:443/riwaq?token=1#part',
  'https://hooks.example:8443/',
  'https://hooks.example./riwaq',
  'https://HOOKS.EXAMPLE/riwaq',
  'https://8.8.8.8/riwaq',
  'https://[2606:4700:4700::1111]/riwaq',
  'https://localhost.example.com/',
  'https://10.example.com/',
  'https://مثال.example/',
])('%s may be fetched', (url) => {
  expect(fault(url)).toBeNull()
})

test.each([
  // Loopback, in every way that it can be written.
  'https://127.0.0.1/',
  'https://127.0.0.1./',
  'https://127.1/',
  'https://127.0.1/',
  'https://2130706433/',
  'https://017700000001/',
  'https://0177.0.0.1/',
  'https://0x7f000001/',
  'https://0x7f.1/',
  'https://0x7f.0x0.0x0.0x1/',
  'https://0X7F.0.0.01/',
  'https://%31%32%37.0.0.1/',
  'https://１２７.０.０.１/',
  'https://①②⑦.⓪.⓪.①/',
  'https://127。0。0。1/',
  'https://0/',
  'https://0.0.0.0/',
  'https://[::1]/',
  'https://[0:0:0:0:0:0:0:1]/',
  'https://[::]/',
  'https://[::127.0.0.1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:7f00:1]/',
  'https://[0:0:0:0:0:ffff:127.0.0.1]/',
  // Other networks that are not public.
  'https://10.1.2.3/',
  'https://0xa.1.2.3/',
  'https://167838211/',
  'https://100.64.0.1/',
  'https://169.254.169.254/latest/meta-data/',
  'https://2852039166/latest/meta-data/',
  'https://0xa9fea9fe/',
  'https://172.16.0.1/',
  'https://192.168.1.1/',
  'https://198.18.0.1/',
  'https://224.0.0.1/',
  'https://255.255.255.255/',
  'https://[fe80::1]/',
  'https://[fd00::1]/',
  'https://[fd00:ec2::254]/',
  'https://[::ffff:10.0.0.1]/',
  'https://[64:ff9b::a00:1]/',
  'https://[2002:a00:1::]/',
  // Names that only mean something inside a network.
  'https://localhost/',
  'https://localhost./',
  'https://localhost../',
  'https://LOCALHOST/',
  'https://ｌocalhost/',
  'https://app.localhost/',
  'https://vllm/',
  'https://intranet./',
  'https://metadata.google.internal/',
  'https://metadata.google.internal./',
  'https://printer.local/',
  'https://router.lan./',
  'https://nas.home.arpa/',
  'https://db.corp/',
  'https://vm.localdomain/',
])('%s is inside a network', (url) => {
  expect(fault(url)).toBe('host')
  // That the platform runs locally opens the way to its own machine alone.
  expect(fault(url, true)).toBe(isThisMachine(url) ? null : 'host')
})

test.each([
  ['http://hooks.example/', 'scheme'],
  ['HTTP://hooks.example/', 'scheme'],
  ['ftp://hooks.example/', 'scheme'],
  ['file:///etc/passwd', 'scheme'],
  ['javascript:alert(1)', 'scheme'],
  ['data:text/plain,hello', 'scheme'],
  ['blob:https://hooks.example/1', 'scheme'],
  ['https://user@hooks.example/', 'credentials'],
  ['https://user:secret@hooks.example/', 'credentials'],
  ['https://:secret@hooks.example/', 'credentials'],
  ['https://hooks.example@127.0.0.1/', 'credentials'],
  ['https://hooks.example:22/', 'port'],
  ['https://hooks.example:25/', 'port'],
  ['https://hooks.example:6379/', 'port'],
  ['https://hooks.example:80/', 'port'],
  ['https://hooks.example:99999/', 'not_a_url'],
  ['hooks.example/riwaq', 'not_a_url'],
  ['//hooks.example/', 'not_a_url'],
  ['', 'not_a_url'],
  ['https://', 'not_a_url'],
  ['https://256.256.256.256/', 'not_a_url'],
  ['https://1.2.3.4.5/', 'not_a_url'],
  ['https://[::1%25eth0]/', 'not_a_url'],
  [`https://hooks.example/${'a'.repeat(2_048)}`, 'not_a_url'],
])('%s is refused for its %s', (url, expected) => {
  expect(fault(url)).toBe(expected)
})

test.each(['http://localhost:8080/', 'http://127.0.0.1:9999/hook', 'http://[::1]:3000/', 'https://localhost/'])(
  '%s may be fetched by a platform that runs on the same machine',
  (url) => {
    expect(fault(url, true)).toBeNull()
    expect(fault(url)).not.toBeNull()
  },
)

test.each([
  ['http://hooks.example/', 'scheme'],
  ['http://192.168.1.1/', 'scheme'],
  ['https://192.168.1.1/', 'host'],
  ['http://169.254.169.254/', 'scheme'],
  ['http://app.localhost/', 'scheme'],
  ['http://user@localhost/', 'credentials'],
])('%s stays refused there', (url, expected) => {
  expect(fault(url, true)).toBe(expected)
})

test('no private IPv4 address gets through, however its parts are written', () => {
  const radix = (value: number) => fc.constantFrom(String(value), `0x${value.toString(16)}`, `0${value.toString(8)}`)
  const inside = fc
    .oneof(
      fc.tuple(fc.constantFrom(0, 10, 127), fc.nat(255)),
      fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 })),
      fc.tuple(fc.constant(169), fc.constant(254)),
      fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 })),
      fc.tuple(fc.constant(192), fc.constant(168)),
    )
    .chain(([a, b]) => fc.tuple(fc.constant(a), fc.constant(b), fc.nat(255), fc.nat(255)))
    .chain(([a, b, c, d]) =>
      fc.oneof(
        fc.tuple(radix(a), radix(b), radix(c), radix(d)).map((parts) => parts.join('.')),
        fc.tuple(radix(a), radix(b), radix(c * 256 + d)).map((parts) => parts.join('.')),
        fc.tuple(radix(a), radix(b * 65_536 + c * 256 + d)).map((parts) => parts.join('.')),
        radix(a * 16_777_216 + b * 65_536 + c * 256 + d),
      ),
    )
  fc.assert(
    fc.property(inside, fc.constantFrom('', '.'), (host, dot) => {
      expect(fault(`https://${host}${dot}/`)).toBe('host')
    }),
  )
})
