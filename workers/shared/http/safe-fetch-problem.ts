// What is said to a caller who named an address that could not be fetched.
import type { SafeFetchFault } from '../lib/safe-fetch.ts'
import { invalidRequest, type Problem } from './problems.ts'

const endings: Record<SafeFetchFault, string> = {
  'not-public': 'its address is not, or does not stay, a public https address',
  'too-many-redirects': 'its address redirects too often',
  unreachable: 'its server did not answer, or broke off',
  refused: 'its server refused',
  'too-large': 'it is too large',
  'too-slow': 'it took too long',
  'wrong-type': 'it is of no kind that can be taken',
}

/** `what`: “image”, “audio file”. */
export const safeFetchProblem = (
  { fault, status }: { fault: SafeFetchFault; status?: number },
  { what, param }: { what: string; param: string },
): Problem =>
  invalidRequest(
    `This ${what} could not be fetched: ${endings[fault]}${status === undefined ? '' : ` (${status})`}.`,
    param,
  )
