import { encode } from 'uqr'
import { qrPath } from './qr-path.ts'
import './qr-code.css'

/** Dark on light in both themes: cameras expect it so. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 3 })
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#ffffff" />
      <path d={qrPath(data)} fill="#231e17" />
    </svg>
  )
}
