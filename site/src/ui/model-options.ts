import type { SelectOption } from './select.tsx'

/** Models to choose from: by name, and by id as well where several have the same name. */
export function modelOptions(models: readonly { id: string; name: string }[]): SelectOption<string>[] {
  const isShared = (name: string) => models.filter((model) => model.name === name).length > 1
  return models.map(({ id, name }) => ({ value: id, label: isShared(name) ? `${name} (${id})` : name }))
}
