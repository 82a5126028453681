// Stripe's present state of one thing. What is answered is looked at: it is what was asked for, or nothing is known.
import { askStripe, isMissing } from '../stripe.ts'

/** Null where Stripe knows no such object. */
export async function lookUp<T extends { id: string; object: string }>(
  { id, object }: { id: string; object: string },
  question: () => Promise<T>,
): Promise<T | null> {
  try {
    const answer = await askStripe(question)
    if (answer.object !== object || answer.id !== id) throw new Error(`Stripe did not answer with the ${object} ${id}`)
    return answer
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}
