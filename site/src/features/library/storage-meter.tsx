import type { Storage } from '#shared/contracts/library'
import { may } from '../../api/account.ts'
import { formatBytes } from '../../i18n/format-bytes.ts'
import { localized } from '../../i18n/paths.ts'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Meter } from '../../ui/meter.tsx'
import { Note } from '../../ui/note.tsx'

/** Nearly full: worth a word before something is refused. */
const NEARLY = 0.9

const shareOf = ({ used_bytes: used, quota_bytes: quota }: Storage): number =>
  quota === null ? 0 : quota <= 0 ? 1 : used / quota

/** Always as high, known or not, so that nothing below it moves. */
export function StorageMeter({ storage }: { storage: Storage | null }) {
  const t = useTranslate()
  const locale = useLocale()
  if (!storage) return <div class="library-storage" />
  const used = formatBytes(locale, storage.used_bytes)
  const quota = storage.quota_bytes
  const sentence =
    quota === null
      ? t('library.storage-free', { used })
      : t('library.storage-used', { used, quota: formatBytes(locale, quota) })
  return (
    <div class="library-storage">
      <p class="small muted">{sentence}</p>
      {quota !== null && <Meter value={storage.used_bytes} limit={quota} label={sentence} />}
    </div>
  )
}

/** What to do when there is no room, or soon none: throw away for good, or get more. */
export function StorageNote({ storage, onShowDeleted }: { storage: Storage | null; onShowDeleted: () => void }) {
  const t = useTranslate()
  const locale = useLocale()
  if (!storage || shareOf(storage) < NEARLY) return null
  const full = shareOf(storage) >= 1
  return (
    <Note tone={full ? 'danger' : 'warning'} role="status">
      <p>{t(full ? 'library.full' : 'library.nearly-full')}</p>
      <p class="cluster">
        {storage.deleted_bytes > 0 && (
          <button type="button" class="library-textual" onClick={onShowDeleted}>
            {t('library.full-bin', { size: formatBytes(locale, storage.deleted_bytes) })}
          </button>
        )}
        {may('billing.manage') ? (
          <a href={localized(locale, '/billing')}>{t('library.full-plan')}</a>
        ) : (
          <span>{t('library.full-ask')}</span>
        )}
      </p>
    </Note>
  )
}
