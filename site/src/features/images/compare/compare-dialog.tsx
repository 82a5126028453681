import { useRef, useState } from 'preact/hooks'
import { Button } from '../../../ui/button.tsx'
import { useTranslate } from '../../../ui/locale-context.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { fileAddress } from '../../library/library-calls.ts'
import { FullDialog, isRtl, isTyped } from '../full-dialog.tsx'
import { fitInto, fitted } from '../zoom/zoom.ts'
import type { View } from '../zoom/zoom.ts'
import { placedBy, useZoom } from '../zoom/use-zoom.ts'
import type { Zoom } from '../zoom/use-zoom.ts'
import { ZoomButtons } from '../zoom/zoom-buttons.tsx'
import './compare.css'

export interface Compared {
  id: string
  title: string
  width: number
  height: number
}

export interface CompareDialogProps {
  open: boolean
  /** All that can be compared, in the order of the page. */
  pictures: readonly Compared[]
  first: string
  second: string
  onChange: (pair: { first: string; second: string }) => void
  onClose: () => void
}

/** Two pictures, seen at the same place at the same time: side by side, or one over the other behind a line. */
export default function CompareDialog(props: CompareDialogProps) {
  const t = useTranslate()
  const [way, setWay] = useState<'beside' | 'over'>('beside')
  const zooms = useRef<Zoom | null>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isTyped(event) && zooms.current?.onKey(event)) event.preventDefault()
  }
  return (
    <FullDialog
      open={props.open}
      title={t('images.compare')}
      class="images-compare"
      onClose={props.onClose}
      onKeyDown={onKeyDown}
      tools={
        <Segmented
          label={t('images.compare-way')}
          value={way}
          options={[
            { value: 'beside', label: t('images.compare-beside') },
            { value: 'over', label: t('images.compare-over') },
          ]}
          onChange={setWay}
        />
      }
    >
      <Pair {...props} way={way} zooms={zooms} />
    </FullDialog>
  )
}

interface PairProps extends CompareDialogProps {
  way: 'beside' | 'over'
  zooms: { current: Zoom | null }
}

function Pair({ pictures, first, second, way, zooms, onChange }: PairProps) {
  const t = useTranslate()
  const [view, setView] = useState<View>(fitted)
  const [share, setShare] = useState(50)
  const one = pictures.find(({ id }) => id === first) ?? pictures[0]
  const other = pictures.find(({ id }) => id === second) ?? one
  if (!one || !other) return null
  const names = { one: t('images.compare-first'), other: t('images.compare-second') }
  return (
    <div class={`images-pair is-${way}`}>
      {way === 'beside' ? (
        <div class="images-pair-stages">
          <Frame picture={one} name={names.one} view={view} onView={setView} zooms={zooms} />
          <Frame picture={other} name={names.other} view={view} onView={setView} />
        </div>
      ) : (
        <div class="images-pair-stages">
          <Frame picture={one} name={names.one} view={view} onView={setView} zooms={zooms} over={other} share={share} />
          <input
            class="images-slider"
            type="range"
            min={0}
            max={100}
            value={share}
            aria-label={t('images.compare-slider')}
            onInput={(event) => setShare(Number(event.currentTarget.value))}
          />
        </div>
      )}
      <div class="images-pair-foot">
        <Side
          name={names.one}
          pictures={pictures}
          id={one.id}
          onShow={(id) => onChange({ first: id, second: other.id })}
        />
        <span class="images-pair-zoom">{zooms.current && <ZoomButtons zoom={zooms.current} view={view} />}</span>
        <Side
          name={names.other}
          pictures={pictures}
          id={other.id}
          onShow={(id) => onChange({ first: one.id, second: id })}
        />
      </div>
    </div>
  )
}

interface FrameProps {
  picture: Compared
  name: string
  view: View
  onView: (view: View) => void
  zooms?: { current: Zoom | null }
  /** Seen from the line on. */
  over?: Compared
  share?: number
}

function Frame({ picture, name, view, onView, zooms, over, share = 50 }: FrameProps) {
  const zoom = useZoom({ picture, view, onView })
  if (zooms) zooms.current = zoom
  const place = placedBy(zoom.drawn, view)
  // The line runs along the line of reading: what is before it shows the first picture.
  const shown = isRtl() ? `inset(0 ${share}% 0 0)` : `inset(0 0 0 ${share}%)`
  return (
    <div
      ref={zoom.frameRef}
      class={view.scale > 1 ? 'images-stage is-zoomed' : 'images-stage'}
      {...zoom.handlers}
      onDblClick={() => (view.scale > 1 ? zoom.reset() : zoom.by(2.5))}
    >
      <img
        class="images-stage-picture is-there"
        src={fileAddress(picture.id, { rendition: 'web' })}
        alt={`${name}: ${picture.title}`}
        draggable={false}
        style={place}
      />
      {over && (
        <span class="images-over" style={{ clipPath: shown }}>
          <img
            class="images-stage-picture is-there"
            src={fileAddress(over.id, { rendition: 'web' })}
            alt={over.title}
            draggable={false}
            style={placedBy(fitInto(over, zoom.frame), view)}
          />
        </span>
      )}
      {over && <span class="images-line" style={{ insetInlineStart: `${share}%` }} />}
    </div>
  )
}

interface SideProps {
  name: string
  pictures: readonly Compared[]
  id: string
  onShow: (id: string) => void
}

/** Which picture stands on this side. */
function Side({ name, pictures, id, onShow }: SideProps) {
  const t = useTranslate()
  const at = pictures.findIndex((picture) => picture.id === id)
  const step = (by: 1 | -1) => {
    const next = pictures[at + by]
    if (next) onShow(next.id)
  }
  return (
    <div class="images-side" role="group" aria-label={name}>
      <Button size="sm" iconOnly icon="chevron-backward" disabled={at <= 0} onClick={() => step(-1)}>
        {t('images.newer')}
      </Button>
      <span class="images-side-name" dir="auto">
        {pictures[at]?.title}
      </span>
      <Button size="sm" iconOnly icon="chevron-forward" disabled={at >= pictures.length - 1} onClick={() => step(1)}>
        {t('images.older')}
      </Button>
    </div>
  )
}
