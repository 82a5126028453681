import { useEffect, useRef } from 'preact/hooks'
import type { RefObject } from 'preact'

/** After a form was refused, the first field that is at fault gets the focus. */
export function useFaultFocus(faults: object | null): RefObject<HTMLFormElement> {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (faults && Object.keys(faults).length > 0)
      form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [faults])
  return form
}
