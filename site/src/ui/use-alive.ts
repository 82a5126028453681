import { useEffect, useState } from 'preact/hooks'

/** False in the page as it was sent, true once its script runs: until then a form would be sent the browser's own way. */
export function useAlive(): boolean {
  const [alive, setAlive] = useState(false)
  useEffect(() => setAlive(true), [])
  return alive
}
