import { useEffect, useRef, useState } from 'preact/hooks'
import type { PromptAnswer, PromptRequest } from '#shared/contracts/images'
import { isAbort, toApiProblem } from '../../../api/api-problem.ts'
import type { ApiProblem } from '../../../api/api-problem.ts'
import { announceSpent } from '../../../api/balance.ts'
import { imagesApi } from '../images-calls.ts'

export interface Improving {
  running: PromptRequest['goal'] | null
  /** What the last one answered, while it stands in the field or was changed from there. */
  answer: (PromptAnswer & { goal: PromptRequest['goal'] }) | null
  problem: ApiProblem | null
  start: (request: PromptRequest) => void
  /** Nothing more is said of the answer. */
  forget: () => void
}

/** A model writes the prompt anew. Nothing is used before it was seen: it is put into the field, with a way back. */
export function useImprove(onAnswer: (answer: PromptAnswer) => void): Improving {
  const [state, setState] = useState<Pick<Improving, 'running' | 'answer' | 'problem'>>({
    running: null,
    answer: null,
    problem: null,
  })
  const current = useRef<AbortController | null>(null)
  useEffect(() => () => current.current?.abort(), [])
  const start = (request: PromptRequest) => {
    current.current?.abort()
    const controller = new AbortController()
    current.current = controller
    setState({ running: request.goal, answer: null, problem: null })
    imagesApi.improve(request, controller.signal).then(
      (answer) => {
        setState({ running: null, answer: { ...answer, goal: request.goal }, problem: null })
        announceSpent()
        onAnswer(answer)
      },
      (error: unknown) => {
        if (!isAbort(error)) setState({ running: null, answer: null, problem: toApiProblem(error) })
      },
    )
  }
  const forget = () => {
    current.current?.abort()
    setState({ running: null, answer: null, problem: null })
  }
  return { ...state, start, forget }
}
