import { useRef, useState } from 'preact/hooks'
import { useAction } from '../../api/use-action.ts'
import { saveFile } from '../../ui/save-file.ts'
import { Button } from '../../ui/button.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { entriesToCsv, entriesToJson, readEntries } from './export-entries.ts'
import { dayName } from './period.ts'
import type { Range } from './period.ts'
import { listEntries } from './usage-calls.ts'

type Format = 'csv' | 'json'

const types: Record<Format, string> = { csv: 'text/csv;charset=utf-8', json: 'application/json' }

/** The entries of the period as a file. */
export function ExportButtons({ range }: { range: Range }) {
  const t = useTranslate()
  const [progress, setProgress] = useState('')
  const stop = useRef<AbortController | null>(null)
  const [format, setFormat] = useState<Format>('csv')

  const { run, running, problem } = useAction(async (wanted: Format) => {
    const controller = new AbortController()
    stop.current = controller
    setFormat(wanted)
    try {
      const entries = await readEntries({
        range,
        readPage: (cursor) => listEntries({ limit: 100, cursor, signal: controller.signal }),
        onProgress: (count) => setProgress(t('usage.exporting', { count })),
      })
      const text = wanted === 'csv' ? entriesToCsv(entries, t) : entriesToJson(entries)
      if (entries.length > 0)
        saveFile({
          name: `riwaq-usage-${dayName(range.from)}-${dayName(range.to - 1)}.${wanted}`,
          type: types[wanted],
          text,
        })
      setProgress(t('usage.exported', { count: entries.length }))
    } catch (error) {
      setProgress('')
      throw error
    }
  })
  return (
    <div class="usage-export">
      <span class="usage-export-label" id="usage-export">
        {t('usage.export')}
      </span>
      <div class="cluster" role="group" aria-labelledby="usage-export">
        {(['csv', 'json'] as const).map((each) => (
          <Button
            key={each}
            size="sm"
            icon="download"
            busy={running && format === each}
            disabled={running && format !== each}
            onClick={() => void run(each)}
          >
            {t(`usage.export-${each}`)}
          </Button>
        ))}
        {running && (
          <Button size="sm" variant="ghost" onClick={() => stop.current?.abort()}>
            {t('ui.cancel')}
          </Button>
        )}
      </div>
      <p class="usage-quiet" aria-live="polite">
        {progress}
      </p>
      {problem && <ProblemNote problem={problem} />}
    </div>
  )
}
