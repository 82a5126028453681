// Short messages about something that just happened. Any island may say one; the shell shows them.
import { signal } from '@preact/signals'

export interface Toast {
  id: number
  tone: 'success' | 'danger' | 'info'
  text: string
}

export const toasts = signal<Toast[]>([])
let count = 0

export function toast({ tone = 'success', text }: { tone?: Toast['tone']; text: string }): void {
  count += 1
  toasts.value = [...toasts.value.slice(-2), { id: count, tone, text }]
}

export function dismissToast(id: number): void {
  toasts.value = toasts.value.filter((shown) => shown.id !== id)
}
