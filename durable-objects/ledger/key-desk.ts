// Keys: made, changed, revoked, listed and checked.
import type { KeyRecord, KeyState, KeyVerdict, LedgerRpc } from '#shared/contracts/ledger'
import { invalidCursor } from '#shared/http/problems'
import { decodeCursor, encodeCursor } from '#shared/lib/cursor'
import { countedRequest } from './admission.ts'
import { checkKey, keyState } from './keys.ts'
import { keyWindows, refuseTooFast, tightestWindow } from './rate-window.ts'
import type { Recorder } from './recorder.ts'

type Input<Method extends keyof LedgerRpc> = Parameters<LedgerRpc[Method]>[0]

export class KeyDesk {
  readonly #recorder: Recorder

  constructor(recorder: Recorder) {
    this.#recorder = recorder
  }

  create(record: KeyRecord): void {
    this.#recorder.begin()
    if (!this.#recorder.state.keys.has(record.id)) this.#recorder.record({ type: 'key-written', key: record })
  }

  #find(id: string, userId: string | undefined): KeyRecord | null {
    const key = this.#recorder.state.keys.get(id)?.record
    return key && (userId === undefined || key.userId === userId) ? key : null
  }

  #change(id: string, userId: string | undefined, changed: (key: KeyRecord, now: number) => KeyRecord | null) {
    const now = this.#recorder.begin()
    const key = this.#find(id, userId)
    if (!key) return null
    const next = changed(key, now)
    if (next) this.#recorder.record({ type: 'key-written', key: next })
    return keyState(this.#recorder.state, id, now)
  }

  update({ id, userId, change }: Input<'updateKey'>): KeyState | null {
    return this.#change(id, userId, (key) => ({ ...key, ...change }))
  }

  revoke({ id, userId }: Input<'revokeKey'>): KeyState | null {
    return this.#change(id, userId, (key, now) => (key.revokedAt === null ? { ...key, revokedAt: now } : null))
  }

  revokeAllOf({ userId }: Input<'revokeKeysOf'>): number {
    const working = [...this.#recorder.state.keys.values()].filter(
      ({ record }) => record.userId === userId && record.revokedAt === null,
    )
    for (const { record } of working) this.revoke({ id: record.id })
    return working.length
  }

  list({ limit, cursor, userId }: Input<'keys'>) {
    const now = this.#recorder.begin()
    const { state } = this.#recorder
    const before = cursor === undefined ? null : decodeCursor('keys', cursor)
    if (cursor !== undefined && !before) throw invalidCursor()
    const ids = [...state.keys.keys()].filter((id) => this.#find(id, userId) && (before === null || id < before))
    const rest = ids.toSorted((a, b) => (a < b ? 1 : -1))
    const shown = rest.slice(0, limit)
    return {
      data: shown.map((id) => keyState(state, id, now)!),
      nextCursor: rest.length > limit ? encodeCursor('keys', shown.at(-1)!) : null,
    }
  }

  verify({ keyId, secretHash }: Input<'verifyKey'>): KeyVerdict {
    const now = this.#recorder.begin()
    const { state } = this.#recorder
    const verdict = checkKey(state, keyId, secretHash, now)
    if (!verdict.ok) return verdict
    const windows = keyWindows(state, verdict.key)
    const tooFast = refuseTooFast(state, windows, now)
    if (tooFast) return tooFast
    const accounts = windows.map(({ account }) => account)
    const counted = countedRequest(accounts, keyId, now)
    if (counted) this.#recorder.record(counted)
    else this.#recorder.useKey(keyId, now)
    const { userId, scopes } = verdict.key
    return { ok: true, keyId, userId, scopes, rateLimit: tightestWindow(state, windows, now) }
  }
}
