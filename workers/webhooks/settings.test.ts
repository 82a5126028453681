import { expect, test } from 'vitest'
import { webhookSettings } from './settings.ts'

test('a platform without an address of its own, or with that of this machine, runs on somebody’s machine', () => {
  for (const PUBLIC_URL of [undefined, '', 'http://localhost:8787', 'http://127.0.0.1:3000', 'http://[::1]/'])
    expect(webhookSettings({ PUBLIC_URL }).local).toBe(true)
  for (const PUBLIC_URL of ['https://ai.example.com', 'https://localhost.example.com', 'not an address'])
    expect(webhookSettings({ PUBLIC_URL }).local).toBe(false)
})

test('a delivery is tried for about a day', () => {
  const { pausesSeconds } = webhookSettings({})
  expect(pausesSeconds.slice(0, 3)).toEqual([5, 60, 300])
  const hours = pausesSeconds.reduce((sum, pause) => sum + pause, 0) / 3_600
  expect(hours).toBeGreaterThan(20)
  expect(hours).toBeLessThan(25)
})

test('the pauses can be set; a typing error changes nothing', () => {
  const standard = webhookSettings({}).pausesSeconds
  expect(webhookSettings({ WEBHOOK_RETRY_SECONDS: '0, 1,2' }).pausesSeconds).toEqual([0, 1, 2])
  for (const WEBHOOK_RETRY_SECONDS of ['', ',', '1,,2', '1,x', '-1', '1.5', '43201', Array(21).fill(1).join()])
    expect(webhookSettings({ WEBHOOK_RETRY_SECONDS }).pausesSeconds).toEqual(standard)
})
