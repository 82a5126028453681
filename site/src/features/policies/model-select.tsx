import { listModels } from '../../api/models.ts'
import { useResource } from '../../api/use-resource.ts'
import { modelOptions } from '../../ui/model-options.ts'
import { Select } from '../../ui/select.tsx'
import { modelsOf } from './models-of.ts'
import type { WantedKind } from './models-of.ts'

interface ModelSelectProps {
  label: string
  labelHidden?: boolean
  kind: WantedKind
  /** What an empty choice says. */
  empty: string
  value: string
  error: string | null
  onChange: (model: string) => void
}

export function ModelSelect({ kind, empty, value, ...rest }: ModelSelectProps) {
  const { data } = useResource('models', listModels)
  const models = modelsOf(data ?? [], { kind, chosen: value })
  return <Select {...rest} value={value} options={[{ value: '', label: empty }, ...modelOptions(models)]} />
}
