import { useEffect, useState } from 'preact/hooks'
import { acceptInvitation, getInvitation, rejectInvitation, setActiveOrganization } from '../../api/auth.ts'
import type { Invitation as InvitationData } from '../../api/auth.ts'
import { leaveForSignIn } from '../../api/account.ts'
import { useAction } from '../../api/use-action.ts'
import { useResource } from '../../api/use-resource.ts'
import { localized } from '../../i18n/paths.ts'
import { hasKey } from '../../i18n/translate.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { island, useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Gate } from './gate.tsx'

function Invitation() {
  const t = useTranslate()
  const locale = useLocale()
  const [id, setId] = useState<string | null>(null)
  useEffect(() => setId(new URLSearchParams(window.location.search).get('id') ?? ''), [])
  const { data, problem } = useResource(id, (signal) => getInvitation(id ?? '', signal))
  useEffect(() => {
    if (problem?.status === 401) leaveForSignIn()
  }, [problem])

  if (data && data.status === 'pending') return <Offer invitation={data} />
  if (data || (problem && problem.status !== 401)) {
    return (
      <Gate
        title={t('invitation.dead-title')}
        text={t('invitation.dead-text')}
        foot={<LinkButton href={localized(locale, '/chat')}>{t('public.open-chat')}</LinkButton>}
      />
    )
  }
  return (
    <Gate title={t('invitation.title')}>
      <Skeleton lines={2} />
    </Gate>
  )
}

function Offer({ invitation }: { invitation: InvitationData }) {
  const t = useTranslate()
  const locale = useLocale()
  const [declined, setDeclined] = useState(false)
  const roleKey = `role.${invitation.role}`
  const accept = useAction(async () => {
    await acceptInvitation(invitation.id)
    await setActiveOrganization(invitation.organizationId)
    window.location.assign(localized(locale, '/chat'))
  })
  const decline = useAction(async () => {
    await rejectInvitation(invitation.id)
    setDeclined(true)
  })
  if (declined)
    return (
      <Gate
        title={t('invitation.declined')}
        foot={<LinkButton href={localized(locale, '/chat')}>{t('public.open-chat')}</LinkButton>}
      />
    )
  const problem = accept.problem ?? decline.problem
  const text = t('invitation.text', {
    inviter: invitation.inviterEmail,
    organization: invitation.organizationName,
    role: hasKey(locale, roleKey) ? t(roleKey) : invitation.role,
  })
  return (
    <Gate title={t('invitation.title')} text={text}>
      <div class="stack">
        {problem && <ProblemNote problem={problem} />}
        <Button variant="primary" busy={accept.running} onClick={() => void accept.run()}>
          {t('invitation.accept')}
        </Button>
        <Button variant="ghost" busy={decline.running} onClick={() => void decline.run()}>
          {t('invitation.decline')}
        </Button>
      </div>
    </Gate>
  )
}

export const InvitationIsland = island(Invitation)
