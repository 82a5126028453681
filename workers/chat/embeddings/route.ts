// POST /v1/embeddings.
import { EmbeddingsRequest } from '#shared/contracts/embeddings'
import type { PolicySnapshot } from '#shared/contracts/policy'
import type { EmbeddingModels } from '#shared/providers/embedding-models'
import { guardOf, type GenerateContext } from '../generate-context.ts'
import { namespaceEndUser } from '#shared/metering/namespace-end-user'
import type { ReadyCall } from '../one-piece.ts'
import type { OnePieceRoute } from '../one-piece-route.ts'
import { requirePriced } from '#shared/metering/require-priced'
import { requireAllowed } from '#shared/policy/require-allowed'
import { screenTexts, toScreenedRequest } from '#shared/guardrails/screen-texts'
import { checkTraits, sizeOfInputs, toInputs, type EmbeddingInput } from './prepare.ts'
import { toEmbeddingsResponse } from './to-embeddings-response.ts'

const isText = (input: EmbeddingInput): input is string => typeof input === 'string'

/** Tokens are another tokenizer's numbers: no rule can read them. */
function screened(inputs: EmbeddingInput[], guard: ReturnType<typeof guardOf>): EmbeddingInput[] {
  const texts = [...screenTexts(inputs.filter(isText), guard)]
  return inputs.map((input) => (isText(input) ? texts.shift()! : input))
}

async function endUserOf(body: EmbeddingsRequest, { organizationId }: GenerateContext): Promise<string | undefined> {
  return body.user ? namespaceEndUser(organizationId, body.user) : undefined
}

/** `modelsFor`: those that an organization may call under this policy. */
export const embeddingsRoute = (
  modelsFor: (snapshot: PolicySnapshot, ctx: GenerateContext) => EmbeddingModels | Promise<EmbeddingModels>,
): OnePieceRoute<typeof EmbeddingsRequest> => ({
  path: '/v1/embeddings',
  schema: EmbeddingsRequest,
  prepareWith:
    ({ body, requestId, ctx }) =>
    async (snapshot): Promise<ReadyCall> => {
      const resolved = (await modelsFor(snapshot, ctx)).resolve(body.model)
      requireAllowed(resolved.model, snapshot.policy)
      const guard = guardOf(requestId, snapshot, ctx)
      const inputs = screened(toInputs(body.input), guard)
      checkTraits(body, resolved, inputs)
      const size = sizeOfInputs(inputs, resolved)
      return {
        model: requirePriced(resolved.model),
        size,
        findings: () => guard?.findings() ?? [],
        examine: async (options) => guard?.examine?.(toScreenedRequest(inputs.filter(isText)), options),
        async run({ signal }) {
          const endUser = await endUserOf(body, ctx)
          const { vectors, usage, warnings } = await resolved.embedding.embed(
            {
              inputs,
              encoding: body.encoding_format ?? 'float',
              ...(body.dimensions && { dimensions: body.dimensions }),
              ...(endUser && { endUser }),
            },
            { signal },
          )
          return { usage, warnings, toBody: (counted) => toEmbeddingsResponse({ body, vectors, usage: counted }) }
        },
      }
    },
})
