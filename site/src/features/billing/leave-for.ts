import type { Redirect } from '#shared/contracts/billing'

/**
 * Goes to Stripe's page. What was pressed stays busy until this page is gone; whoever comes back to it by the browser's
 * own button finds it as it was, and can press again.
 */
export function leaveFor({ url }: Redirect): Promise<never> {
  window.location.assign(url)
  return new Promise((_, reject) => {
    const onShow = ({ persisted }: PageTransitionEvent) => {
      if (!persisted) return
      window.removeEventListener('pageshow', onShow)
      reject(new DOMException('The reader came back.', 'AbortError'))
    }
    window.addEventListener('pageshow', onShow)
  })
}
