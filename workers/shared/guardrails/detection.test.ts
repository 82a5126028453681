// What is found, and what only looks like it.
import { expect, test } from 'vitest'
import type { Guardrail } from '#shared/contracts/policy'
import { createChain } from './chain.ts'
import { createTextScreen } from './matching/text-screen.ts'
import { jwt, privateKey } from './samples.ts'

type Kind = 'personal-data' | 'secrets'

function mask(guardrail: Guardrail, text: string): string {
  const screen = createTextScreen({ rules: createChain([guardrail]).input.rules, tell: () => {} })
  return screen.push(text) + screen.end()
}
const masked = (type: Kind, text: string, kinds?: string[]): string =>
  mask(
    {
      type,
      kinds:
        kinds ??
        (type === 'secrets'
          ? ['api-key', 'private-key', 'token', 'password']
          : ['email', 'phone', 'card', 'iban', 'national-id', 'ip-address']),
      action: 'mask',
      stage: 'both',
    } as Guardrail,
    text,
  )
const withoutWords = (words: string[], text: string): string =>
  mask({ type: 'words', words, action: 'mask', stage: 'both' }, text)

test.each([
  ['Write to ali.hassan+news@mail.example.com.', 'Write to [email].'],
  ['راسلني على ali@example.co، شكرًا', 'راسلني على [email]، شكرًا'],
  ['<a@b.co>', '<[email]>'],
  ['user@localhost and @handle and a@b', 'user@localhost and @handle and a@b'],
])('mail: %s', (text, expected) => expect(masked('personal-data', text)).toBe(expected))

test.each([
  ['Call +966 50 123 4567 now', 'Call [phone] now'],
  ['اتصل على ٠٥٠١٢٣٤٥٦٧ الآن', 'اتصل على [phone] الآن'],
  ['جوال:٠٥٠-١٢٣-٤٥٦٧', 'جوال:[phone]'],
  ['00971501234567', '[phone]'],
  ['wa.me/966501234567', 'wa.me/[phone]'],
  ['هاتفي 2233 4455 في الكويت', 'هاتفي [phone] في الكويت'],
  ['مصر 01012345678 أو 02 2345 6789', 'مصر [phone] أو [phone]'],
  ['الأردن 0791234567، سوريا 0991234567، العراق 07701234567', 'الأردن [phone]، سوريا [phone]، العراق [phone]'],
  ['Beirut tel. 03 123 456', 'Beirut tel. [phone]'],
  ['(02) 2345 6789', '[phone]'],
  ['(0501234567)', '([phone])'],
  ['+1 (555) 234-5678 and 555-234-5678', '[phone] and [phone]'],
  ['06 12 34 56 78', '[phone]'],
  ['The year 2026 had 22334455 visitors', 'The year 2026 had 22334455 visitors'],
  ['on 01-12-2026 10:30, version 1.2.3', 'on 01-12-2026 10:30, version 1.2.3'],
  ['2026-11-22T10:30:00', '2026-11-22T10:30:00'],
  ['0.0501234567 and 3,0501234567', '0.0501234567 and 3,0501234567'],
  ['id_0501234567', 'id_0501234567'],
  ['1 2 3 4 5 6 7 8 9 10 11 12', '1 2 3 4 5 6 7 8 9 10 11 12'],
])('telephone: %s', (text, expected) => expect(masked('personal-data', text)).toBe(expected))

test.each([
  ['4111 1111 1111 1111', '[card]'],
  ['card: ٤١١١١١١١١١١١١١١١.', 'card: [card].'],
  ['5555-5555-5555-4444', '[card]'],
  ['3782 822463 10005', '[card]'],
  ['4111 1111 1111 1112', '4111 1111 1111 1112'],
  ['41111 11111 11111 1', '41111 11111 11111 1'],
  ['9999999999999995', '9999999999999995'],
])('card: %s', (text, expected) => expect(masked('personal-data', text, ['card'])).toBe(expected))

test.each([
  ['SA03 8000 0000 6080 1016 7519', '[iban]'],
  ['IBAN gb82west12345698765432!', 'IBAN [iban]!'],
  ['AE07 0331 2345 6789 0123 456', '[iban]'],
  ['ط SA0380000000608010167519ط', 'ط [iban]ط'],
  ['SA04 8000 0000 6080 1016 7519', 'SA04 8000 0000 6080 1016 7519'],
  ['SA03 8000', 'SA03 8000'],
])('IBAN: %s', (text, expected) => expect(masked('personal-data', text, ['iban'])).toBe(expected))

test.each([
  ['الهوية 1000000008', 'الهوية [national-id]'],
  ['إقامة 2123456788', 'إقامة [national-id]'],
  ['784-1990-1234567-6', '[national-id]'],
  ['784199012345676', '[national-id]'],
  ['29001011234567', '[national-id]'],
  ['286051400123', '[national-id]'],
  ['1000000009', '1000000009'],
  ['at 1763800000', 'at 1763800000'],
  ['29013011234567', '29013011234567'],
  ['286051400127', '286051400127'],
])('national id: %s', (text, expected) => expect(masked('personal-data', text, ['national-id'])).toBe(expected))

test.each([
  ['from 192.168.10.24:8080, then', 'from [ip-address]:8080, then'],
  ['2001:db8::8a2e:370:7334.', '[ip-address].'],
  ['::ffff:10.1.2.3', '[ip-address]'],
  ['localhost is 127.0.0.1 and ::1', 'localhost is 127.0.0.1 and ::1'],
  ['1.2.3 and 300.1.1.1 and 1.2.3.4.5', '1.2.3 and 300.1.1.1 and 1.2.3.4.5'],
  ['std::vector a::b 10:30:45 ab:cd', 'std::vector a::b 10:30:45 ab:cd'],
])('address: %s', (text, expected) => expect(masked('personal-data', text, ['ip-address'])).toBe(expected))

test.each([
  ['key rq_01k2abcdefgh_01k3abcdefgh_S3cretS3cretS3cretS3cret ok', 'key [api-key] ok'],
  ['OPENAI=sk-proj-aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3x', 'OPENAI=[api-key]'],
  ['AKIAIOSFODNN7EXAMPLE', '[api-key]'],
  ['ghp_aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789', '[api-key]'],
  ['sk-learn-pipeline-of-many-steps-and-names', 'sk-learn-pipeline-of-many-steps-and-names'],
  ['task-4f9d and disk-0 sk-1', 'task-4f9d and disk-0 sk-1'],
  [`a ${jwt} b`, 'a [token] b'],
  ['Authorization: Bearer abcdef0123456789abcdef', 'Authorization: Bearer [token]'],
  ['the bearer of this certificate of excellence', 'the bearer of this certificate of excellence'],
  [`x\n${privateKey}\ny`, 'x\n[private-key]\ny'],
  ['-----BEGIN PUBLIC KEY-----\nabc', '-----BEGIN PUBLIC KEY-----\nabc'],
  ['password: hunter2!x and more', 'password: [password] and more'],
  ['DB_PASSWORD=s3cr3tvalue', 'DB_PASSWORD=[password]'],
  ['{"password": "open sesame"}', '{"password": "[password]"}'],
  ['**Password:** hunter22.', '**Password:** [password].'],
  ['كلمة السر هي Abc123!!', 'كلمة السر هي [password]'],
  ['وكلمة المرور: Abc12345، ثم', 'وكلمة المرور: [password]، ثم'],
  ['The password: must be long', 'The password: must be long'],
  ['password=$PASSWORD password=<yours>', 'password=$PASSWORD password=<yours>'],
])('secret: %s', (text, expected) => expect(masked('secrets', text)).toBe(expected))

test('a key without an end is hidden to its end, and a private key that is cut off as far as it came', () => {
  const key = `sk-ant-${'a1B2'.repeat(2_000)}`
  expect(masked('secrets', `${key} after`)).toBe('[api-key] after')
  expect(masked('secrets', `x ${privateKey.slice(0, 120)}`)).toBe('x [private-key]')
  expect(masked('secrets', `-----BEGIN PRIVATE KEY-----${'A'.repeat(20_000)}`)).toMatch(/^\[private-key\]A{3000,}$/)
})

test.each([
  [['خمر'], 'شرب الخمر وبالخمر وللخمر فخمر كالخمر والخمر', 'شرب *** *** *** *** *** ***'],
  [['الخمر'], 'خمر', '***'],
  [['خمر'], 'الخِمارُ خمري تخمر خَمْرٌ خمــــر', 'الخِمارُ خمري تخمر *** ***'],
  [['إدارة'], 'ادارة الإدارَه والاداره', '*** *** ***'],
  [['نت'], 'بنت ونت النت', 'بنت ونت ***'],
  [['الله'], 'والله له', '*** له'],
  [['Secret Project'], 'the secret-project, SECRET  PROJECT! secret projects', 'the ***, ***! secret projects'],
  [['بنك الراجحي'], 'وبنك الراجحي، بنك الرجحي', '***، بنك الرجحي'],
  [['رقم ٧'], 'رقم 7 رقم ٧٧', '*** رقم ٧٧'],
  [['bad'], 'Bad badly forbad bad', '*** badly forbad ***'],
  [['hello'], '𝐇𝐞𝐥𝐥𝐨 ｈｅｌｌｏ h\u200dello', '*** *** ***'],
  [["don't"], 'I don’t', 'I ***'],
])('words %j in «%s»', (words, text, expected) => expect(withoutWords(words, text)).toBe(expected))

// A search that grew with the square of its text would not end before the test's own time is up.
test.each(['1 ', 'a@', 'a@b.co ', 'password ', 'eyJ', '-----BEGIN ', 'a1:', 'و', 'password: "', '+', '(0'])(
  'half a megabyte of «%s» is screened in time that grows with its length alone',
  (unit) => {
    const all = createChain([
      { type: 'words', words: ['خمر', 'secret project'], action: 'flag', stage: 'both' },
      {
        type: 'personal-data',
        kinds: ['email', 'phone', 'card', 'iban', 'national-id', 'ip-address'],
        action: 'flag',
        stage: 'both',
      },
      { type: 'secrets', kinds: ['api-key', 'private-key', 'token', 'password'], action: 'flag', stage: 'both' },
    ]).input.rules
    const text = unit.repeat(500_000 / unit.length)
    const screen = createTextScreen({ rules: all, tell: () => {} })
    expect(screen.push(text) + screen.end()).toBe(text)
  },
)
