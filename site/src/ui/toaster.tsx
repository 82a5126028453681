import { useEffect } from 'preact/hooks'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import { useTranslate } from './locale-context.tsx'
import { dismissToast, toasts } from './toasts.ts'
import type { Toast } from './toasts.ts'

const SHOWN_MS = 6_000
const icons = { success: 'check', danger: 'alert', info: 'info' } as const

/** Once on a page, within the shell. */
export function Toaster() {
  return (
    <div class="toaster" role="status" aria-live="polite">
      {toasts.value.map((shown) => (
        <ToastBox key={shown.id} shown={shown} />
      ))}
    </div>
  )
}

function ToastBox({ shown }: { shown: Toast }) {
  const t = useTranslate()
  useEffect(() => {
    // What went wrong stays until it was read.
    if (shown.tone === 'danger') return
    const timer = setTimeout(() => dismissToast(shown.id), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [shown.id])
  return (
    <div class={`toast toast-${shown.tone}`}>
      <Icon name={icons[shown.tone]} size={18} />
      <span>{shown.text}</span>
      <Button variant="ghost" size="sm" iconOnly icon="close" onClick={() => dismissToast(shown.id)}>
        {t('ui.dismiss')}
      </Button>
    </div>
  )
}
