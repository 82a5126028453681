// What callers call their own users and caches, made the organization's own: the account at the vendor is everybody's,
// and two organizations may have a `user-1` each. Hashed, so that no name reaches a vendor either.
import { sha256Hex } from '#shared/lib/bytes'

/** OpenAI takes at most 64 characters. */
const LENGTH = 48

export async function namespaceEndUser(organizationId: string, name: string): Promise<string> {
  return (await sha256Hex(`${organizationId}\n${name}`)).slice(0, LENGTH)
}
