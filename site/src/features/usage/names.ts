// Ids of members and keys as people know them. What cannot be looked up keeps its id.
import { useMemo } from 'preact/hooks'
import { useKeyNames } from '../../api/key-names.ts'
import { useMemberNames } from '../../api/member-names.ts'

export interface Names {
  members: ReadonlyMap<string, string>
  keys: ReadonlyMap<string, string>
}

export function useNames(): Names {
  const members = useMemberNames(true)
  const keys = useKeyNames(true)
  return useMemo(() => ({ members, keys }), [members, keys])
}
