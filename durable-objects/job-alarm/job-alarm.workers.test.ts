/// <reference types="@cloudflare/vitest-plugin/types" />
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import type { JobMessage } from '#shared/contracts/jobs'
import type { JobAlarm, JobAlarmEnv } from './job-alarm.ts'

const namespace = (env as unknown as { JOB_ALARM: DurableObjectNamespace<JobAlarm> }).JOB_ALARM
const AT = Date.UTC(2100, 0, 1)

async function createAlarm(jobId: string) {
  const stub = namespace.getByName(jobId)
  const message = { organizationId: 'org_a', jobId }
  const sent: JobMessage[] = []
  let refuses = false
  const queue = {
    async send(body: JobMessage) {
      if (refuses) throw new Error('the queue cannot be reached')
      sent.push(body)
    },
  } as unknown as JobAlarmEnv['IMAGE_JOBS']
  const prepare = () =>
    runInDurableObject(stub, (alarm: JobAlarm) => {
      ;(alarm as unknown as { env: JobAlarmEnv }).env = { IMAGE_JOBS: queue }
    })
  await prepare()
  const setFor = () => runInDurableObject(stub, (_alarm, state) => state.storage.getAlarm())
  return {
    stub,
    message,
    sent,
    prepare,
    setFor,
    refuse: (refusing: boolean) => void (refuses = refusing),
    ring: () => runDurableObjectAlarm(stub),
    evict: () => evictDurableObject(stub).then(prepare),
  }
}

test('a job is looked at when it is due, and each minute after, until it is cleared', async () => {
  const alarm = await createAlarm('job_due')
  await alarm.stub.set({ at: AT, service: 'images', message: alarm.message })
  expect(await alarm.setFor()).toBe(AT)
  await alarm.ring()
  expect(alarm.sent).toEqual([alarm.message])
  expect(await alarm.setFor()).toBeGreaterThan(Date.now() + 50_000)
  await alarm.ring()
  expect(alarm.sent).toHaveLength(2)
  await alarm.stub.clear()
  expect(await alarm.setFor()).toBeNull()
  expect(await alarm.ring()).toBe(false)
})

test('a job is not forgotten when the object is, nor when the queue takes nothing', async () => {
  const alarm = await createAlarm('job_lost')
  await alarm.stub.set({ at: AT, service: 'images', message: alarm.message })
  await alarm.evict()
  alarm.refuse(true)
  await alarm.ring()
  expect(alarm.sent).toEqual([])
  alarm.refuse(false)
  await alarm.ring()
  expect(alarm.sent).toEqual([alarm.message])
})

test('a job of a service without a queue is refused at once', async () => {
  const alarm = await createAlarm('job_nobodys')
  await runInDurableObject(alarm.stub, async (object: JobAlarm) => {
    await expect(object.set({ at: AT, service: 'songs', message: alarm.message })).rejects.toThrow('songs')
  })
})
