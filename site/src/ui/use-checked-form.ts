import { useState } from 'preact/hooks'
import type { Complaint } from '../api/auth-rules.ts'
import { useTranslate } from './locale-context.tsx'

/** Complaints appear when the form is sent, and go as soon as they are answered. */
export function useCheckedForm<F extends string>(check: () => Record<F, Complaint>) {
  const t = useTranslate()
  const [tried, setTried] = useState(false)
  const complaints = check()
  const errorOf = (field: F): string | null => {
    const complaint = tried ? complaints[field] : null
    return complaint ? t(complaint.key, complaint.values) : null
  }
  const onSubmit = (send: () => void) => (event: SubmitEvent) => {
    event.preventDefault()
    setTried(true)
    if (Object.values(complaints).every((complaint) => complaint === null)) return send()
    const form = event.currentTarget as HTMLFormElement
    // After the complaints are drawn, the first of them gets the focus.
    requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
  }
  return { errorOf, onSubmit, reset: () => setTried(false) }
}
