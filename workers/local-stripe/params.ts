// What a route accepts, as the SDK's parameter types say it. Forms carry text alone: each kind reads its own out of
// it, and whatever no kind asked for is refused.
import { invalid, missingParameter, unknownParameter } from './errors.ts'

export interface Param<T> {
  read(value: unknown, at: string): T
}

export interface Required<T> extends Param<T> {
  required: true
}

export type Shape = Record<string, Param<unknown>>

type RequiredKeys<S extends Shape> = { [K in keyof S]: S[K] extends Required<unknown> ? K : never }[keyof S]
type Read<P> = P extends Param<infer T> ? T : never

export type Values<S extends Shape> = { [K in RequiredKeys<S>]: Read<S[K]> } & {
  [K in Exclude<keyof S, RequiredKeys<S>>]?: Read<S[K]>
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const child = (at: string, key: string) => (at ? `${at}[${key}]` : key)

export function readShape<S extends Shape>(shape: S, value: unknown, at = ''): Values<S> {
  if (!isRecord(value)) throw invalid(`Invalid object`, { param: at })
  for (const key of Object.keys(value)) if (!(key in shape)) throw unknownParameter(child(at, key))
  const read: Record<string, unknown> = {}
  for (const [key, param] of Object.entries(shape)) {
    const given = value[key]
    if (given !== undefined) read[key] = param.read(given, child(at, key))
    else if ('required' in param) throw missingParameter(child(at, key))
  }
  return read as Values<S>
}

function text(value: unknown, at: string): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value !== 'string') throw invalid('Invalid string', { param: at })
  if (value === '')
    throw invalid(
      `You passed an empty string for '${at}'. We assume empty values are an attempt to unset a parameter; however '${at}' cannot be unset. You should remove '${at}' from your request or supply a non-empty value.`,
      { code: 'parameter_invalid_empty', param: at },
    )
  return value
}

export const string = (): Param<string> => ({ read: text })

export const integer = ({ min, max }: { min?: number; max?: number } = {}): Param<number> => ({
  read(value, at) {
    const written = text(value, at)
    if (!/^-?\d+$/.test(written))
      throw invalid(`Invalid integer: ${written}`, { code: 'parameter_invalid_integer', param: at })
    const number = Number(written)
    if ((min !== undefined && number < min) || (max !== undefined && number > max))
      throw invalid(
        `This value must be ${min === undefined || number >= min ? `less than or equal to ${max}` : `greater than or equal to ${min}`}.`,
        {
          code: 'parameter_invalid_integer',
          param: at,
        },
      )
    return number
  },
})

/** Written as text, so that no digit is lost. */
export const decimal = (): Param<string> => ({
  read(value, at) {
    const written = text(value, at)
    if (!/^-?\d+(\.\d{1,12})?$/.test(written)) throw invalid(`Invalid decimal: ${written}`, { param: at })
    return written
  },
})

export const number = (): Param<number> => ({
  read(value, at) {
    const written = Number(text(value, at))
    if (!Number.isFinite(written)) throw invalid(`Invalid number`, { param: at })
    return written
  },
})

export const boolean = (): Param<boolean> => ({
  read(value, at) {
    if (value === true || value === 'true') return true
    if (value === false || value === 'false') return false
    throw invalid(`Invalid boolean: ${String(value)}`, { param: at })
  },
})

export const oneOf = <const T extends string>(...values: T[]): Param<T> => ({
  read(value, at) {
    const written = text(value, at)
    const found = values.find((each) => each === written)
    if (found === undefined) throw invalid(`Invalid ${at}: must be one of ${values.join(', ')}`, { param: at })
    return found
  },
})

export const object = <S extends Shape>(shape: S): Param<Values<S>> => ({
  read: (value, at) => readShape(shape, value, at),
})

export const list = <T>(item: Param<T>): Param<T[]> => ({
  read(value, at) {
    const items = isRecord(value) && Object.keys(value).every((key) => /^\d+$/.test(key)) ? Object.values(value) : value
    if (!Array.isArray(items)) throw invalid('Invalid array', { param: at })
    return items.map((each, index) => item.read(each, `${at}[${index}]`))
  },
})

/** An empty text unsets what was set. */
export const emptyable = <T>(param: Param<T>): Param<T | ''> => ({
  read: (value, at) => (value === '' ? '' : param.read(value, at)),
})

export const either = <A, B>(
  first: Param<A>,
  second: Param<B>,
  isFirst: (value: unknown) => boolean,
): Param<A | B> => ({
  read: (value, at) => (isFirst(value) ? first.read(value, at) : second.read(value, at)),
})

export const required = <T>(param: Param<T>): Required<T> => ({ ...param, required: true })

/** An empty value removes its key; an empty text in place of the whole removes every key. */
export const metadata = (): Param<Record<string, string> | ''> => ({
  read(value, at) {
    if (value === '') return ''
    if (!isRecord(value)) throw invalid('Invalid hash', { param: at })
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => {
        if (typeof each === 'object') throw invalid(`Metadata values must be strings`, { param: child(at, key) })
        return [key, String(each)]
      }),
    )
  },
})

export const address = () =>
  object({
    city: emptyable(string()),
    country: emptyable(string()),
    line1: emptyable(string()),
    line2: emptyable(string()),
    postal_code: emptyable(string()),
    state: emptyable(string()),
  })

const range = object({
  gt: integer(),
  gte: integer(),
  lt: integer(),
  lte: integer(),
})

/** What every list takes. */
export const listParams = {
  limit: integer({ min: 1, max: 100 }),
  starting_after: string(),
  ending_before: string(),
  created: either(integer(), range, (value) => typeof value !== 'object'),
}
