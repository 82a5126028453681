import { useEffect } from 'preact/hooks'

/** Where the on-screen keyboard covers the page instead of making it smaller, the field is kept above it. */
export function useKeyboardInset(): void {
  useEffect(() => {
    const viewport = window.visualViewport
    if (!viewport) return
    const measure = () => {
      const covered = Math.max(0, window.innerHeight - viewport.height - viewport.offsetTop)
      // Zooming in also makes the visible part smaller, but covers nothing.
      const inset = viewport.scale > 1.01 || covered < 60 ? 0 : Math.round(covered)
      document.documentElement.style.setProperty('--keyboard', `${inset}px`)
    }
    viewport.addEventListener('resize', measure)
    viewport.addEventListener('scroll', measure)
    return () => {
      viewport.removeEventListener('resize', measure)
      viewport.removeEventListener('scroll', measure)
      document.documentElement.style.removeProperty('--keyboard')
    }
  }, [])
}
