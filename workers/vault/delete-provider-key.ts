// From the moment this is answered, no call uses the key: the ledger is told first, then the key is erased.
import { getProviderKeyOf, type NamedKey } from './get-provider-key.ts'
import { noteChange } from './note-change.ts'
import { publishProviderKeys } from './publish.ts'
import type { ProviderKeyRow } from './repository.ts'

export async function deleteProviderKey({ userId, ...key }: NamedKey & { userId: string }): Promise<ProviderKeyRow> {
  const { id, organizationId, ctx } = key
  const row = await getProviderKeyOf(key)
  const note = await noteChange({ change: 'deleted', row, userId, ctx })
  await publishProviderKeys({ organizationId, except: id, ctx })
  await ctx.keys.remove({ organizationId, id })
  // Somebody's change in between may have told the ledger of it again.
  await publishProviderKeys({ organizationId, ctx })
  await note.tell()
  return row
}
