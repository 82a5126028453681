import { may } from '../../api/account.ts'
import { toApiProblem } from '../../api/api-problem.ts'
import { useAction } from '../../api/use-action.ts'
import { useResource } from '../../api/use-resource.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { problemSentence } from '../../ui/problem-sentence.ts'
import { toast } from '../../ui/toasts.ts'
import { getFallback, setFallback } from './provider-key-calls.ts'

/** Whether the platform's key, at the platform's price, takes over where one's own fails. */
export function FallbackCard({ organizationId }: { organizationId: string }) {
  const t = useTranslate()
  const locale = useLocale()
  const { data, replace } = useResource(`provider-key-fallback-${organizationId}`, getFallback)
  const change = useAction(async (on: boolean) => {
    replace(() => on)
    try {
      const now = await setFallback(on)
      replace(() => now)
      toast({ text: t('provider-keys.fallback-saved') })
    } catch (error) {
      replace(() => !on)
      toast({ tone: 'danger', text: problemSentence(locale, toApiProblem(error)) })
    }
  })
  if (data === null) return null
  return (
    <section class="card" aria-labelledby="provider-keys-fallback">
      <h2 id="provider-keys-fallback">{t('provider-keys.fallback-title')}</h2>
      <Checkbox
        name="provider-key-fallback"
        label={t('provider-keys.fallback')}
        hint={t('provider-keys.fallback-hint')}
        checked={data}
        disabled={change.running || !may('policy.manage')}
        onChange={(on) => void change.run(on)}
      />
    </section>
  )
}
