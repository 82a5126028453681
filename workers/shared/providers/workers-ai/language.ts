import type { ModelTraits } from '#shared/contracts/model'
import { fitRequest } from '../kit/fit-request.ts'
import { inlineImages } from '../kit/inline-images.ts'
import { fromList } from '../kit/from-list.ts'
import { fromChunks, fromDocument } from '../kit/openai-protocol/from-chunks.ts'
import type { Quirks } from '../kit/openai-protocol/quirks.ts'
import { toChatCompletionsBody } from '../kit/openai-protocol/to-request.ts'
import { openJsonEvents } from '../kit/read-json-events.ts'
import type { LanguageModel, LanguageRequest, LanguageStream } from '../spec/language-model.ts'
import { toProblem } from './errors.ts'
import { toChunk, toChunks } from './from-events.ts'
import type { WorkersAiBinding } from './index.ts'

const quirks: Quirks = {
  label: 'Workers AI',
  maxTokens: 'max_tokens',
  streamOptions: true,
  seed: 'seed',
  endUser: null,
  requiredTool: 'required',
  reasoning: 'effort',
  reasoningBack: false,
  native: false,
  promptCache: false,
  fetchesImages: false,
}

const from = { vendor: quirks.label }

/** The binding takes the model apart from its inputs. */
function toInputs(request: LanguageRequest): Record<string, unknown> {
  const { model: _, ...inputs } = toChatCompletionsBody({ model: '', request, quirks })
  return { ...inputs, ...(request.topK !== undefined && { top_k: request.topK }) }
}

/** The binding answers with a response, a bare stream or, where a model has no stream, an object. */
function toResponse(answer: unknown): Response {
  if (answer instanceof Response) return answer
  if (answer instanceof ReadableStream)
    return new Response(answer, { headers: { 'content-type': 'text/event-stream' } })
  return Response.json(answer ?? null)
}

export const createWorkersAiModel = (input: {
  ai: WorkersAiBinding
  modelId: string
  traits: ModelTraits
}): LanguageModel => ({
  async stream(asked, { signal }): Promise<LanguageStream> {
    signal.throwIfAborted()
    const { request: fitted, warnings } = fitRequest(asked, input.traits)
    const request = await inlineImages(fitted, { signal })
    const answer = await input.ai
      .run(input.modelId, toInputs(request), { returnRawResponse: true, signal })
      .catch((error: unknown) => {
        signal.throwIfAborted()
        throw toProblem(error)
      })
    const response = toResponse(answer)
    if (!response.ok) throw toProblem({ status: response.status, body: await response.text().catch(() => '') })
    const { events, document } = await openJsonEvents({ response, signal, ...from })
    return {
      events: document ? fromList(fromDocument(toChunk(document), from)) : fromChunks(toChunks(events), from),
      warnings,
    }
  },
})
