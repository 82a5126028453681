// Models that are called with an organization's own key: what goes wrong is told as that organization's.
import type { VendorId } from '../contracts/model.ts'
import type { OwnKeys } from './own-keys.ts'
import type { LanguageEvent, LanguageModel, NativeEndpoint } from './spec/language-model.ts'

interface OwnVendor {
  vendor: VendorId
  own: OwnKeys
}

/** Any call to a vendor. */
export async function withOwnKey<T>({ vendor, own }: OwnVendor, call: () => Promise<T>): Promise<T> {
  own.requireKey(vendor)
  try {
    return await call()
  } catch (error) {
    throw own.explain(vendor, error)
  }
}

async function* explained(
  { vendor, own }: OwnVendor,
  events: AsyncIterable<LanguageEvent>,
): AsyncGenerator<LanguageEvent> {
  try {
    yield* events
  } catch (error) {
    throw own.explain(vendor, error)
  }
}

export function ownLanguageModel(language: LanguageModel, of: OwnVendor): LanguageModel {
  const ownEndpoint = ({ send, countTokens, ...endpoint }: NativeEndpoint): NativeEndpoint => ({
    ...endpoint,
    send: (...asked) => withOwnKey(of, () => send(...asked)),
    ...(countTokens && { countTokens: (...asked) => withOwnKey(of, () => countTokens(...asked)) }),
  })
  return {
    ...language,
    stream: (request, options) =>
      withOwnKey(of, async () => {
        const { events, warnings } = await language.stream(request, options)
        return { events: explained(of, events), warnings }
      }),
    ...(language.native && { native: ownEndpoint(language.native) }),
    ...(language.natives && { natives: language.natives.map(ownEndpoint) }),
  }
}
