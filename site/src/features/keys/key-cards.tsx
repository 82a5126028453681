import { useState } from 'preact/hooks'
import type { ApiKey } from '#shared/contracts/keys'
import { Button } from '../../ui/button.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { inOrder, isEnded, keyStatus } from './key-status.ts'
import { KeyTable } from './key-table.tsx'

interface KeyCardsProps {
  keys: ApiKey[]
  ownerOf: (key: ApiKey) => string
  onEdit: (key: ApiKey) => void
  onRevoke: (key: ApiKey) => void
}

/** Keys that work, and on request those that have ended. */
export function KeyCards({ keys, ...rest }: KeyCardsProps) {
  const t = useTranslate()
  const [ended, setEnded] = useState(false)
  const now = Date.now()
  const count = keys.filter((key) => isEnded(keyStatus(key, now))).length
  const shown = ended ? keys : keys.filter((key) => !isEnded(keyStatus(key, now)))
  return (
    <div class="card keys-card">
      {shown.length > 0 && <KeyTable keys={inOrder(shown, now)} now={now} {...rest} />}
      {count > 0 && !ended && (
        <div class="keys-more">
          <Button variant="ghost" size="sm" onClick={() => setEnded(true)}>
            {t('keys.show-ended', { count })}
          </Button>
        </div>
      )}
    </div>
  )
}
