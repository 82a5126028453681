// A body as its caller wrote it, checked: what is not sold is told apart from what is malformed.
import type { z } from 'zod'
import { responseItemTypes } from '#shared/contracts/responses'
import { invalidRequest, isProblem } from '#shared/http/problems'
import { parseWith } from '#shared/http/validate'
import { isRecord } from '../loose.ts'
import { refuseUnsold } from './refusals.ts'

function schemaOf(item: unknown) {
  const type = isRecord(item) ? item['type'] : undefined
  if (typeof type === 'string' && Object.hasOwn(responseItemTypes, type))
    return responseItemTypes[type as keyof typeof responseItemTypes]
  return isRecord(item) && !('role' in item) && !type ? responseItemTypes.item_reference : responseItemTypes.message
}

/** Of a request that its schema refuses: which item it is, by the schema of its own kind. */
function explainItems(body: unknown): void {
  const input = isRecord(body) && Array.isArray(body['input']) ? (body['input'] as unknown[]) : []
  for (const [at, item] of input.entries()) {
    const name = `input[${at}]`
    try {
      parseWith<unknown>(schemaOf(item), item)
    } catch (error) {
      if (!isProblem(error)) throw error
      const { param } = error.details
      throw invalidRequest(
        param ? `${name}.${error.message}` : `${name}: ${error.message}`,
        param ? `${name}.${param}` : name,
      )
    }
  }
}

/** As the caller wrote it, checked. */
export function parseRequest<T>(schema: z.ZodType<T>, value: unknown): T {
  refuseUnsold(value)
  try {
    parseWith(schema, value)
  } catch (error) {
    explainItems(value)
    throw error
  }
  return value as T
}
