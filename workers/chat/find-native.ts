import type { Dialect, LanguageModel, NativeEndpoint } from '#shared/providers/spec/language-model'

/** Where the model's vendor speaks the caller's dialect itself. */
export const findNative = ({ native, natives }: LanguageModel, dialect: Dialect): NativeEndpoint | null =>
  native?.dialect === dialect ? native : (natives?.find((endpoint) => endpoint.dialect === dialect) ?? null)
