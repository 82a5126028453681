// Short messages about something that just happened. Any island may say one; the shell shows them.
import { signal } from '@preact/signals'

export interface Toast {
  id: number
  tone: 'success' | 'danger' | 'info'
  text: string
  /** One thing that can still be done about it, such as taking it back. */
  action?: { label: string; onPress: () => void }
}

export const toasts = signal<Toast[]>([])
let count = 0

export function toast({
  tone = 'success',
  text,
  action,
}: {
  tone?: Toast['tone']
  text: string
  action?: Toast['action']
}): void {
  count += 1
  toasts.value = [...toasts.value.slice(-2), { id: count, tone, text, ...(action && { action }) }]
}

export function dismissToast(id: number): void {
  toasts.value = toasts.value.filter((shown) => shown.id !== id)
}
