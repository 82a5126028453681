import { CopyButton } from '../../ui/copy-button.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'

/** Code, or what went over the wire: from the left, to be scrolled by keyboard as well, and to be copied. */
export function CodeBlock({ label, text }: { label: string; text: string }) {
  const t = useTranslate()
  return (
    <figure class="playground-code">
      <figcaption class="spread">
        <span class="playground-code-label">{label}</span>
        <CopyButton text={text} label={`${t('ui.copy')}: ${label}`} iconOnly />
      </figcaption>
      <pre dir="ltr" tabIndex={0} role="region" aria-label={label}>
        <code>{text}</code>
      </pre>
    </figure>
  )
}
