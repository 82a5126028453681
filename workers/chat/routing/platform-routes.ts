// MODEL_ROUTES: names that the operator gives to several models, for every organization. What is wrong is said in a
// sentence that names it, and the rest works without it.
import { ModelRoute } from '#shared/contracts/policy'
import { createLogger } from '#shared/http/log'
import type { LanguageModels } from '#shared/providers/language-models'

export interface PlatformRoutes {
  routes: ReadonlyMap<string, ModelRoute>
  /** One sentence for each thing that is wrong, for the operator. */
  faults: string[]
}

const none: PlatformRoutes = { routes: new Map(), faults: [] }

function readList(text: string): unknown[] | string {
  try {
    const value: unknown = JSON.parse(text)
    if (Array.isArray(value)) return value
    return 'MODEL_ROUTES must be a JSON list, like [{"name": "fast", "targets": [{"model": "…"}]}]. No route is offered.'
  } catch (error) {
    return `MODEL_ROUTES is not valid JSON (${error instanceof Error ? error.message : 'unreadable'}). No route is offered.`
  }
}

const resolves = (models: Pick<LanguageModels, 'resolve'>, id: string): boolean => {
  try {
    return Boolean(models.resolve(id))
  } catch {
    return false
  }
}

export function readPlatformRoutes(text: string | undefined, models: Pick<LanguageModels, 'resolve'>): PlatformRoutes {
  if (!text) return none
  const list = readList(text)
  if (typeof list === 'string') return { routes: none.routes, faults: [list] }
  const routes = new Map<string, ModelRoute>()
  const faults: string[] = []
  for (const [at, entry] of list.entries()) {
    const parsed = ModelRoute.safeParse(entry)
    if (!parsed.success) {
      const [issue] = parsed.error.issues
      const field = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path.join('.')
      const what = issue?.code === 'unrecognized_keys' ? 'is not a setting' : issue?.message
      faults.push(`MODEL_ROUTES: entry ${at + 1}${field ? `, "${field}"` : ''}: ${what}. The entry was left out.`)
      continue
    }
    const route = parsed.data
    if (routes.has(route.name)) {
      faults.push(`MODEL_ROUTES: entry ${at + 1}: "${route.name}" is listed twice. The first entry counts.`)
      continue
    }
    for (const { model } of route.targets)
      if (!resolves(models, model))
        faults.push(`MODEL_ROUTES: "${route.name}" names ${model}, which cannot be called here. It is passed over.`)
    routes.set(route.name, route)
  }
  return { routes, faults }
}

interface RouteSettings {
  MODEL_ROUTES?: string
}

const perEnvironment = new WeakMap<object, PlatformRoutes>()

/** Those of this isolate. `env` is the Worker's own, which lives as long as the isolate. */
export function platformRoutesOf(env: RouteSettings, models: LanguageModels): PlatformRoutes['routes'] {
  if (!env.MODEL_ROUTES) return none.routes
  let read = perEnvironment.get(env)
  if (!read) {
    perEnvironment.set(env, (read = readPlatformRoutes(env.MODEL_ROUTES, models)))
    const logger = createLogger({ service: 'chat' })
    for (const fault of [...models.faults, ...read.faults]) logger.warn('setting-at-fault', { fault })
  }
  return read.routes
}
