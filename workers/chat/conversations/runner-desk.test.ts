import { expect, test } from 'vitest'
import { createTestClock } from '#shared/lib/clock'
import type { ConversationMessage } from '#shared/contracts/conversation'
import type { FinishInput } from '#shared/contracts/conversation-object'
import type { AnswerJob } from './answer-run.ts'
import { createRunnerDesk, HEARTBEAT_MS, LEASE_MS } from './runner-desk.ts'

const owner = { organizationId: 'org_a', userId: 'usr_a' }
const job: AnswerJob = {
  conversationId: 'conv_1',
  owner,
  payer: { kind: 'user', userId: 'usr_a', role: 'member' },
  answerId: 'msg_1',
  requestId: 'req_1',
  model: 'openai/gpt',
}

function createWorld({ jobs = new Map<string, AnswerJob>(), stopped = false } = {}) {
  const clock = createTestClock(0)
  const finished: FinishInput[] = []
  const shown: unknown[] = []
  const runs: { controller: AbortController; end: () => Promise<void>; crash: () => void }[] = []
  const alarms: number[] = []
  const state = { forgotten: 0, touched: 0 }
  const settled: string[] = []
  const desk = createRunnerDesk({
    jobs: {
      put: async (each) => void jobs.set(each.answerId, each),
      remove: async (id) => void jobs.delete(id),
      list: async () => [...jobs.values()],
    },
    wakeAt: async (at) => void alarms.push(at),
    forget: async () => void state.forgotten++,
    conversation: () => ({
      page: async ({ from }) => ({
        ok: true,
        messages: [{ id: from, content: 'half an answer', reasoning: null } as ConversationMessage],
        next: null,
      }),
      touch: async () => (state.touched++, { ok: true, stopped }),
      finishAnswer: async (input) => (finished.push(input), { ok: false, code: 'not_running' }),
    }),
    index: { change: async (change) => void shown.push(change) },
    run: (_job, controller, onFinished) =>
      new Promise((resolve, reject) =>
        runs.push({
          controller,
          end: async () => (await onFinished(), resolve()),
          crash: () => reject(new Error('crash')),
        }),
      ),
    settle: async (each, message) => (
      settled.push(`${each.requestId}: ${message.content}`),
      { usage: { output_tokens: 4 }, costMicros: 9 }
    ),
    clock,
  })
  return { desk, settled, jobs, clock, finished, shown, runs, alarms, state }
}

test('an answer is begun at once, noted, and begun only once', async () => {
  const { desk, jobs, runs, alarms } = createWorld()
  await desk.start(job)
  await desk.start(job)
  expect(runs).toHaveLength(1)
  expect([...jobs.keys()]).toEqual(['msg_1'])
  expect(alarms).toEqual([HEARTBEAT_MS])
})

test('a heartbeat keeps the object awake and the list informed while an answer runs', async () => {
  const { desk, alarms, state, shown, clock } = createWorld()
  await desk.start(job)
  clock.advance(HEARTBEAT_MS)
  await desk.wake()
  expect(alarms).toEqual([HEARTBEAT_MS, 2 * HEARTBEAT_MS])
  expect(state.touched).toBe(1)
  expect(shown).toEqual([{ owner, id: 'conv_1', runningUntil: HEARTBEAT_MS + LEASE_MS }])
})

test('when the last answer has ended the object forgets everything', async () => {
  const { desk, runs, jobs, state, shown } = createWorld()
  await desk.start(job)
  await runs[0]!.end()
  await Promise.resolve()
  expect(jobs.size).toBe(0)
  expect(shown).toEqual([{ owner, id: 'conv_1', runningUntil: 0, updatedAt: 0 }])
  await desk.wake()
  expect(state.forgotten).toBe(1)
})

test('after a crash the answer that was being written is ended, and what was delivered stays and is charged', async () => {
  const jobs = new Map([[job.answerId, job]])
  const { desk, finished, settled } = createWorld({ jobs })
  await desk.wake()
  expect(settled).toEqual(['req_1: half an answer'])
  expect(finished).toMatchObject([{ answerId: 'msg_1', status: 'interrupted', tokens: null, costMicros: 9 }])
  expect(jobs.size).toBe(0)
})

test('Stop reaches a provider that says nothing', async () => {
  const { desk, runs } = createWorld()
  await desk.start(job)
  await desk.abort({ conversationId: 'conv_1', owner, answerId: 'msg_1' })
  expect(runs[0]!.controller.signal.aborted).toBe(true)
})

test('Stop ends an answer that nobody writes any more', async () => {
  const { desk, finished, settled } = createWorld()
  await desk.abort({ conversationId: 'conv_1', owner, answerId: 'msg_1' })
  expect(finished).toMatchObject([{ answerId: 'msg_1', status: 'stopped', error: null, costMicros: 0 }])
  expect(settled).toEqual([])
})

test('a heartbeat that learns of Stop ends the provider', async () => {
  const { desk, runs } = createWorld({ stopped: true })
  await desk.start(job)
  await desk.wake()
  expect(runs[0]!.controller.signal.aborted).toBe(true)
})

test('a run whose end could not be told is ended by the next heartbeat', async () => {
  const { desk, runs, finished } = createWorld()
  await desk.start(job)
  runs[0]!.crash()
  await Promise.resolve()
  await Promise.resolve()
  await Promise.resolve()
  await desk.wake()
  expect(finished).toMatchObject([{ status: 'interrupted' }])
})
