import { useEffect, useState } from 'preact/hooks'
import { Button } from './button.tsx'
import type { ButtonVariant } from './button.tsx'
import { useTranslate } from './locale-context.tsx'
import { toast } from './toasts.ts'

export interface CopyButtonProps {
  text: string | (() => string)
  /** What is copied, for whoever cannot see it. */
  label?: string
  variant?: ButtonVariant
  size?: 'md' | 'sm'
  iconOnly?: boolean
}

export function CopyButton({ text, label, variant = 'ghost', size = 'sm', iconOnly = false }: CopyButtonProps) {
  const t = useTranslate()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2_000)
    return () => clearTimeout(timer)
  }, [copied])

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(typeof text === 'function' ? text() : text)
      setCopied(true)
    } catch {
      toast({ tone: 'danger', text: t('ui.copy-failed') })
    }
  }
  return (
    <>
      <Button
        variant={variant}
        size={size}
        iconOnly={iconOnly}
        icon={copied ? 'check' : 'copy'}
        onClick={() => void copy()}
      >
        {copied ? t('ui.copied') : (label ?? t('ui.copy'))}
      </Button>
      <span class="visually-hidden" aria-live="polite">
        {copied ? t('ui.copied') : ''}
      </span>
    </>
  )
}
