import { useEffect, useId, useState } from 'preact/hooks'
import type { ImageModelInfo } from '#shared/contracts/images'
import { formatNumber } from '../../../i18n/format-number.ts'
import { parseNumber } from '../../../i18n/parse-number.ts'
import { Field } from '../../../ui/field.tsx'
import { useLocale, useTranslate } from '../../../ui/locale-context.tsx'
import { orientationOf, readSize, shapeName, shownSize, square, usualSize, writeSize } from '../state/aspect.ts'
import type { Size } from '../state/aspect.ts'
import type { Lack } from '../state/lacks.ts'
import { choosableSizes, sizeFault } from '../state/sizes.ts'
import { LackNote } from './choices.tsx'

export interface SizeFieldProps {
  model: ImageModelInfo
  value: string
  lack: Lack | null
  onChange: (size: string) => void
}

/** Shapes to see, not numbers to read. */
export function SizeField({ model, value, lack, onChange }: SizeFieldProps) {
  const t = useTranslate()
  const id = useId()
  const sizes = choosableSizes(model)
  const own = value !== 'auto' && !sizes.some((size) => writeSize(size) === value)
  const [free, setFree] = useState(own)
  useEffect(() => setFree(own), [model.id])
  const choose = (size: string) => {
    setFree(false)
    onChange(size)
  }
  return (
    <fieldset class="images-sizes" disabled={lack !== null}>
      <legend class="field-label">{t('images.size')}</legend>
      {lack ? (
        <LackNote lack={lack} />
      ) : (
        <div class="images-size-list">
          {model.auto_size && (
            <SizeOption name={id} checked={value === 'auto' && !free} size={null} onChoose={() => choose('auto')} />
          )}
          {sizes.map((size) => (
            <SizeOption
              key={writeSize(size)}
              name={id}
              checked={value === writeSize(size) && !free}
              size={size}
              onChoose={() => choose(writeSize(size))}
            />
          ))}
          {model.sizes.kind === 'range' && (
            <label class="images-size">
              <input type="radio" name={id} checked={free} onChange={() => setFree(true)} />
              <span class="images-size-box">
                <span class="images-size-shape">
                  <span class="images-size-free">+</span>
                </span>
                <span class="images-size-name">{t('images.size-own')}</span>
              </span>
            </label>
          )}
        </div>
      )}
      {!lack && free && <FreeSize model={model} value={value} onChange={onChange} />}
    </fieldset>
  )
}

interface SizeOptionProps {
  name: string
  checked: boolean
  size: Size | null
  onChoose: () => void
}

/** The longer side of a shape, in the units of its drawing. */
const LONG = 26

function SizeOption({ name, checked, size, onChoose }: SizeOptionProps) {
  const t = useTranslate()
  const { width, height } = size ?? square
  const share = LONG / Math.max(width, height)
  const [w, h] = [Math.max(7, width * share), Math.max(7, height * share)]
  return (
    <label class="images-size" title={shownSize(size) ?? undefined}>
      <input type="radio" name={name} checked={checked} onChange={onChoose} />
      <span class="images-size-box">
        <span class="images-size-shape">
          <svg width="30" height="30" viewBox="0 0 30 30" aria-hidden="true">
            <rect
              x={15 - w / 2}
              y={15 - h / 2}
              width={w}
              height={h}
              rx="3"
              fill="none"
              stroke="currentColor"
              stroke-width="1.6"
              stroke-dasharray={size ? undefined : '3 3'}
            />
          </svg>
        </span>
        <span class="images-size-name">
          {size ? (
            <>
              <bdi dir="ltr">{shapeName(size)}</bdi>
              <span class="visually-hidden"> {t(`images.orientation-${orientationOf(size)}`)}</span>
            </>
          ) : (
            t('images.size-auto')
          )}
        </span>
        <bdi dir="ltr" class="images-size-pixels">
          {shownSize(size) ?? ' '}
        </bdi>
      </span>
    </label>
  )
}

function FreeSize({ model, value, onChange }: Pick<SizeFieldProps, 'model' | 'value' | 'onChange'>) {
  const t = useTranslate()
  const locale = useLocale()
  const start = readSize(value) ?? usualSize
  const [typed, setTyped] = useState({ width: String(start.width), height: String(start.height) })
  const number = (text: string) => {
    const read = parseNumber(text)
    return read !== null && Number.isInteger(read) && read >= 10 && read <= 99_999 ? read : null
  }
  const tell = (next: typeof typed) => {
    setTyped(next)
    const [width, height] = [number(next.width), number(next.height)]
    if (width !== null && height !== null) onChange(writeSize({ width, height }))
  }
  useEffect(() => tell(typed), [])
  const [width, height] = [number(typed.width), number(typed.height)]
  const fault = width === null || height === null ? 'unreadable' : sizeFault(model.sizes, { width, height })
  const { min, max, step, max_pixels: maxPixels } = model.sizes
  const numbers = Object.fromEntries(
    Object.entries({ min, max, step, pixels: maxPixels }).map(([name, of]) => [name, formatNumber(locale, of ?? 0)]),
  )
  return (
    <div class="images-free">
      <Field
        label={t('images.width')}
        value={typed.width}
        latin
        inputMode="numeric"
        onInput={(text) => tell({ ...typed, width: text })}
      />
      <Field
        label={t('images.height')}
        value={typed.height}
        latin
        inputMode="numeric"
        onInput={(text) => tell({ ...typed, height: text })}
      />
      <p
        class={fault ? 'images-free-hint field-error' : 'images-free-hint field-hint'}
        role={fault ? 'status' : undefined}
      >
        {fault ? t(`images.size-fault-${fault}`, numbers) : t('images.size-range', numbers)}
      </p>
    </div>
  )
}
