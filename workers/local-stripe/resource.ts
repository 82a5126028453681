// A kind of object as the API offers it: its routes, and the fields that appear only where they are asked for.
import type { Engine } from './engine.ts'
import { readShape, type Shape, type Values } from './params.ts'

export type Method = 'GET' | 'POST' | 'DELETE'

type PathKeys<P extends string> = P extends `${string}:${infer Key}/${infer Rest}`
  ? Key | PathKeys<Rest>
  : P extends `${string}:${infer Key}`
    ? Key
    : never

export interface Call<P extends string, S extends Shape, L extends Shape> {
  engine: Engine
  path: Record<PathKeys<P>, string>
  params: Values<S> & Partial<Values<L>>
  /** The path as it was asked for: lists name it. */
  url: string
}

interface RouteCall {
  engine: Engine
  path: Record<string, string>
  given: unknown
  url: string
  /** Whoever calls names no version of the API, or one before this. */
  isLegacy: boolean
}

export interface Route {
  method: Method
  path: string
  handle(call: RouteCall): object
}

export function route<P extends string, S extends Shape, L extends Shape = Record<never, never>>({
  method,
  path,
  params,
  legacy,
  handler,
}: {
  method: Method
  path: P
  params: S
  /** What older versions took as well: whoever names the present version is refused it. */
  legacy?: L
  handler(call: Call<P, S, L>): object
}): Route {
  return {
    method,
    path,
    handle({ engine, path: found, given, url, isLegacy }) {
      const accepted = isLegacy && legacy ? { ...params, ...legacy } : params
      const read = readShape(accepted, given) as Values<S> & Partial<Values<L>>
      return handler({ engine, path: found as Record<PathKeys<P>, string>, params: read, url })
    },
  }
}

/** A field that is not stored with its object, such as the lines of a checkout session. */
export type Include = (holder: { id: string }, engine: Engine) => unknown

export interface Resource {
  routes: Route[]
  /** By object and field: `'checkout.session.line_items'`. */
  includes?: Record<string, Include>
}
