// The same as a stream: pictures that are not final as they come, then those that are.
import { problemBody, toProblem } from '#shared/http/render-problem'
import type { ImagesContext } from '../context.ts'
import { answerHeaders } from './answer-headers.ts'
import { answered, driveJob, type AnswerInput } from './answer.ts'
import { KEEP_ALIVE, toCompletedEvents, toErrorEvent, toPartialEvent, type EventFamily } from './image-events.ts'

/** Sooner than any proxy between here and a caller gives up. */
const KEEP_ALIVE_MS = 10_000

export interface StreamInput extends AnswerInput {
  family: EventFamily
  path: string
}

type Say = (text: string) => void

function keepAlive(say: Say, { timers }: ImagesContext): () => void {
  let stop = () => {}
  const again = () => {
    stop = timers.after(KEEP_ALIVE_MS, () => {
      say(KEEP_ALIVE)
      again()
    })
  }
  again()
  return () => stop()
}

async function tell({ created, family, as, origin, path }: StreamInput, say: Say, ctx: ImagesContext): Promise<void> {
  const stop = keepAlive(say, ctx)
  let shown = 0
  try {
    const job = await driveJob(created, ctx, ({ bytes, mediaType }) =>
      say(
        toPartialEvent(family, {
          picture: { bytes, mediaType, index: shown++ },
          record: created.record,
          now: ctx.clock(),
        }),
      ),
    )
    for (const event of toCompletedEvents(family, await answered(job, { as, origin }, ctx))) say(event)
  } catch (error) {
    const problem = toProblem(error)
    ctx.logger.info('stream-failed', { code: problem.code, internal: problem.details.internal })
    say(toErrorEvent(problemBody(problem, { path, requestId: ctx.requestId })))
  } finally {
    stop()
  }
}

export function answerStream(input: StreamInput, ctx: ImagesContext): Response {
  const encoder = new TextEncoder()
  let left = false
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const say: Say = (text) => {
        if (!left) controller.enqueue(encoder.encode(text))
      }
      const telling = tell(input, say, ctx).finally(() => {
        if (!left) controller.close()
      })
      ctx.waitUntil(telling)
    },
    cancel() {
      left = true
    },
  })
  const { created, warnings } = input
  return new Response(body, { headers: answerHeaders({ created, streams: true, warnings }) })
}
