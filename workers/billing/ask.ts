import { isProblem, serviceUnavailable } from '#shared/http/problems'

/** Whoever cannot be asked is no fault of the caller's, and the answer says so. */
export async function ask<T>(what: string, question: () => Promise<T>): Promise<T> {
  try {
    return await question()
  } catch (error) {
    if (isProblem(error)) throw error
    throw serviceUnavailable(what, error instanceof Error ? error.message : String(error))
  }
}
