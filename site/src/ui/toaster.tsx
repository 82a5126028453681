import { useEffect } from 'preact/hooks'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import { useTranslate } from './locale-context.tsx'
import { dismissToast, toasts } from './toasts.ts'
import type { Toast } from './toasts.ts'

const SHOWN_MS = 6_000
/** Something that can be taken back is shown long enough to be found with the keyboard. */
const ACTION_MS = 12_000
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
    const timer = setTimeout(() => dismissToast(shown.id), shown.action ? ACTION_MS : SHOWN_MS)
    return () => clearTimeout(timer)
  }, [shown.id])
  return (
    <div class={`toast toast-${shown.tone}`}>
      <Icon name={icons[shown.tone]} size={18} />
      <span>{shown.text}</span>
      {shown.action && <ToastAction shown={shown} action={shown.action} />}
      <Button variant="ghost" size="sm" iconOnly icon="close" onClick={() => dismissToast(shown.id)}>
        {t('ui.dismiss')}
      </Button>
    </div>
  )
}

function ToastAction({ shown, action }: { shown: Toast; action: NonNullable<Toast['action']> }) {
  const press = () => {
    dismissToast(shown.id)
    action.onPress()
  }
  return (
    <Button variant="ghost" size="sm" class="toast-action" onClick={press}>
      {action.label}
    </Button>
  )
}
