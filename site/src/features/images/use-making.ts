import { useRef, useState } from 'preact/hooks'
import type { ImageJobInput } from '#shared/contracts/images'
import type { Job } from '#shared/contracts/jobs'
import { toApiProblem } from '../../api/api-problem.ts'
import type { ApiProblem } from '../../api/api-problem.ts'
import { announceSpent } from '../../api/balance.ts'
import { imagesApi } from './images-calls.ts'

export interface Making {
  running: boolean
  problem: ApiProblem | null
  start: (input: ImageJobInput) => Promise<boolean>
  clear: () => void
}

/** Asks for a job. Where nobody knows whether it was heard, the same is asked under the same key, and never made twice. */
export function useMaking(onMade: (job: Job) => void): Making {
  const [running, setRunning] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const unheard = useRef<{ question: string; key: string } | null>(null)
  const start = async (input: ImageJobInput): Promise<boolean> => {
    const question = JSON.stringify(input)
    const key = unheard.current?.question === question ? unheard.current.key : crypto.randomUUID()
    setRunning(true)
    setProblem(null)
    try {
      const job = await imagesApi.make(input, key)
      unheard.current = null
      onMade(job)
      announceSpent()
      return true
    } catch (error) {
      const found = toApiProblem(error)
      unheard.current = found.code === 'network' ? { question, key } : null
      setProblem(found)
      return false
    } finally {
      setRunning(false)
    }
  }
  return { running, problem, start, clear: () => setProblem(null) }
}
