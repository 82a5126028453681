import { useEffect, useState } from 'preact/hooks'
import type { ImageEstimate, ImageJobInput } from '#shared/contracts/images'
import { isAbort, toApiProblem } from '../../api/api-problem.ts'
import type { ApiProblem } from '../../api/api-problem.ts'
import { onSpent } from '../../api/balance.ts'
import { imagesApi } from './images-calls.ts'
import { toEstimateInput } from './state/to-job-input.ts'

const PAUSE_MS = 400

export interface Estimating {
  /** The last one that is known, also while the next is on its way. */
  estimate: ImageEstimate | null
  problem: ApiProblem | null
  /** What is shown belongs to something else than what stands on the page. */
  stale: boolean
}

/** What the draft would cost, asked for when typing pauses. Nothing is estimated that cannot be asked for. */
export function useEstimate(input: ImageJobInput | null): Estimating {
  const question = input ? JSON.stringify(toEstimateInput(input)) : null
  const [answer, setAnswer] = useState<Omit<Estimating, 'stale'> & { question: string | null }>({
    estimate: null,
    problem: null,
    question: null,
  })
  const [round, setRound] = useState(0)
  useEffect(() => onSpent(() => setRound((count) => count + 1)), [])
  useEffect(() => {
    if (question === null) return
    const controller = new AbortController()
    const timer = setTimeout(() => {
      imagesApi.estimate(JSON.parse(question) as ImageJobInput, controller.signal).then(
        (estimate) => setAnswer({ estimate, problem: null, question }),
        (error: unknown) => {
          if (!isAbort(error)) setAnswer((now) => ({ ...now, problem: toApiProblem(error), question }))
        },
      )
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [question, round])
  return { estimate: answer.estimate, problem: answer.problem, stale: answer.question !== question }
}
