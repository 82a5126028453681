// What callers call their own users, made the organization's own before it reaches a vendor: the account there is
// everybody's, and two organizations may have a `user-1` each. Hashed, so that no name of a person reaches a vendor either.
import { sha256Hex } from '../lib/bytes.ts'

/** OpenAI takes at most 64 characters. */
const LENGTH = 48

export async function namespaceEndUser(organizationId: string, name: string): Promise<string> {
  return (await sha256Hex(`${organizationId}\n${name}`)).slice(0, LENGTH)
}
