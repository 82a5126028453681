import { getSession, listSessions, revokeOtherSessions, revokeSession } from '../../api/auth.ts'
import type { Session } from '../../api/auth.ts'
import { useAction } from '../../api/use-action.ts'
import { useResource } from '../../api/use-resource.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toasts.ts'
import { describeDevice } from './describe-device.ts'
import { SettingsCard } from './settings-card.tsx'

async function loadSessions(signal: AbortSignal): Promise<{ own: string | null; sessions: Session[] }> {
  const [current, sessions] = await Promise.all([getSession(signal), listSessions(signal)])
  const own = current?.session.id ?? null
  const isOwn = (session: Session) => Number(session.id === own)
  return { own, sessions: sessions.toSorted((a, b) => isOwn(b) - isOwn(a) || b.updatedAt.localeCompare(a.updatedAt)) }
}

export function SessionsCard() {
  const t = useTranslate()
  const { data, problem, reload } = useResource('sessions', loadSessions)
  const revoke = useAction(async (run: () => Promise<unknown>) => {
    await run()
    toast({ text: t('settings.session-revoked') })
    reload()
  })
  return (
    <SettingsCard title={t('settings.sessions')} text={t('settings.sessions-text')}>
      {problem && !data && <ErrorState problem={problem} onRetry={reload} compact />}
      {!problem && !data && <Skeleton lines={2} />}
      {data && (
        <ul class="sessions" role="list">
          {data.sessions.map((session) => (
            <SessionRow
              key={session.id}
              session={session}
              own={session.id === data.own}
              busy={revoke.running}
              onRevoke={() => void revoke.run(() => revokeSession(session.token))}
            />
          ))}
        </ul>
      )}
      {revoke.problem && <ProblemNote problem={revoke.problem} />}
      {data && data.sessions.length > 1 && (
        <div>
          <Button size="sm" busy={revoke.running} onClick={() => void revoke.run(revokeOtherSessions)}>
            {t('settings.session-revoke-others')}
          </Button>
        </div>
      )}
    </SettingsCard>
  )
}

function SessionRow({
  session,
  own,
  busy,
  onRevoke,
}: {
  session: Session
  own: boolean
  busy: boolean
  onRevoke: () => void
}) {
  const t = useTranslate()
  const device = describeDevice(session.userAgent)
  const name = device ? t('settings.session-on', device) : t('settings.session-unknown')
  return (
    <li class="session">
      <div>
        <p class="cluster">
          <strong>{name}</strong>
          {own && <Badge tone="primary">{t('settings.session-this')}</Badge>}
        </p>
        <p class="small muted">
          {session.ipAddress && (
            <>
              <bdi dir="ltr">{session.ipAddress}</bdi>
              {' · '}
            </>
          )}
          {t('settings.session-active')} <RelativeTime at={Date.parse(session.updatedAt)} />
        </p>
      </div>
      {!own && (
        <Button
          size="sm"
          disabled={busy}
          onClick={onRevoke}
          aria-label={t('settings.session-revoke-label', { device: name })}
        >
          {t('settings.session-revoke')}
        </Button>
      )}
    </li>
  )
}
