// What the documents tell a receiver to do is done here, with what this service sends.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { noticeTypes } from '#shared/contracts/notices'
import { createSigningSecret, signatureHeaders } from './signature.ts'

const docs = (locale: string) => readFileSync(`docs/${locale}/webhooks.md`, 'utf8')
const example = (language: string) => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(docs('en'))![1]!

const secret = createSigningSecret()
const body = '{"type":"webhook.test","data":{"name":"مفتاح"}}'
const signed = (secrets = [secret], at = Date.now()) => signatureHeaders({ eventId: 'evt_1', at, body, secrets })

// Within the project, so that the example finds the package that it imports.
const cache = 'node_modules/.cache/riwaq'
let folder: string
beforeAll(() => {
  mkdirSync(cache, { recursive: true })
  folder = mkdtempSync(join(cache, 'docs-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the example in TypeScript accepts what was signed and refuses what was not', async () => {
  vi.stubEnv('RIWAQ_WEBHOOK_SECRET', secret)
  const path = join(folder, 'receive.ts')
  writeFileSync(path, example('ts'))
  const { receive } = (await import(/* @vite-ignore */ join(process.cwd(), path))) as {
    receive(request: Request): Promise<Response>
  }
  const post = (headers: Record<string, string>, text = body) =>
    receive(new Request('https://example.com/hooks/riwaq', { method: 'POST', headers, body: text }))
  const accepted = await post(await signed())
  expect([accepted.status, await accepted.text()]).toEqual([200, 'thanks for webhook.test'])
  expect((await post(await signed([createSigningSecret(), secret]))).status).toBe(200)
  expect((await post(await signed([createSigningSecret()]))).status).toBe(400)
  expect((await post(await signed(), `${body} `)).status).toBe(400)
  expect((await post(await signed([secret], Date.now() - 600_000))).status).toBe(400)
  vi.unstubAllEnvs()
})

const hasPython = spawnSync('python3', ['--version']).status === 0

test.runIf(hasPython)('the example in Python accepts what was signed and refuses what was not', async () => {
  writeFileSync(
    join(folder, 'receive.py'),
    `${example('python')}\nimport json, sys\nfor secret, headers, body in json.load(sys.stdin):\n    print(verify(secret, headers, body.encode()))\n`,
  )
  const cases = [
    [secret, await signed(), body],
    [secret, await signed([createSigningSecret(), secret]), body],
    [createSigningSecret(), await signed(), body],
    [secret, await signed(), `${body} `],
    [secret, await signed([secret], Date.now() - 600_000), body],
  ]
  const { stdout, stderr } = spawnSync('python3', [join(folder, 'receive.py')], {
    input: JSON.stringify(cases),
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  expect(stdout.trim().split('\n')).toEqual(['True', 'True', 'False', 'False', 'False'])
})

test.each(['en', 'ar'])('the catalogue of events in %s has every type, once', (locale) => {
  const listed = [...docs(locale).matchAll(/^\| `([\w.]+\.[\w.]+)` \|/gm)].map(([, type]) => type)
  expect(listed).toEqual([...noticeTypes])
})
