import { useResource } from '../../api/use-resource.ts'
import { hasKey } from '../../i18n/translate.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Note } from '../../ui/note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { getHealth } from './admin-calls.ts'

/** Which part of the platform answers. */
export function HealthPanel() {
  const t = useTranslate()
  const { data, problem, loading, reload } = useResource('health', getHealth)
  return (
    <div class="stack">
      <div class="spread">
        <p class="muted small">{t('admin.health-text')}</p>
        <Button size="sm" icon="refresh" busy={loading} onClick={reload}>
          {t('admin.health-again')}
        </Button>
      </div>
      {problem && <ErrorState problem={problem} onRetry={reload} compact />}
      {!problem && data === null && <Skeleton lines={4} />}
      {data && (
        <>
          <Note tone={data.status === 'ok' ? 'success' : 'danger'} role="status">
            {data.status === 'ok' ? t('admin.health-ok') : t('admin.health-degraded')}
          </Note>
          <ul class="admin-services" role="list">
            {Object.entries(data.services).map(([name, { status }]) => (
              <Service key={name} name={name} up={status === 'up'} />
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

function Service({ name, up }: { name: string; up: boolean }) {
  const t = useTranslate()
  const locale = useLocale()
  const key = `admin.service-${name}`
  return (
    <li class="admin-service">
      <span class="admin-service-name">
        {hasKey(locale, key) ? t(key) : name}
        <code>{name}</code>
      </span>
      <Badge tone={up ? 'success' : 'danger'}>{up ? t('admin.health-up') : t('admin.health-down')}</Badge>
    </li>
  )
}
