import type { Model } from '../../api/models.ts'

export interface VendorGroup {
  vendor: string
  models: Model[]
}

const fold = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\s._/-]+/g, ' ')
    .trim()

/** Every word that was typed occurs somewhere in the model's name, id or vendor. */
export function findModels(models: readonly Model[], search: string): Model[] {
  const words = fold(search).split(' ').filter(Boolean)
  return models.filter((model) => {
    const text = fold(`${model.name} ${model.id} ${model.owned_by}`)
    return words.every((word) => text.includes(word))
  })
}

/** By vendor, in the order in which the catalogue names them; the sandbox last. */
export function groupByVendor(models: readonly Model[]): VendorGroup[] {
  const groups = new Map<string, Model[]>()
  for (const model of models) groups.set(model.owned_by, [...(groups.get(model.owned_by) ?? []), model])
  const all = [...groups].map(([vendor, members]) => ({ vendor, models: members }))
  const isSandbox = (group: VendorGroup) => Number(group.models.every((model) => model.sandbox))
  return all.toSorted((a, b) => isSandbox(a) - isSandbox(b))
}
