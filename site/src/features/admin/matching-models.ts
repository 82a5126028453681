interface Named {
  id: string
  name: string
  owned_by: string
}

/** Every word of the filter has to be in the model's name, id or vendor. */
export function matchingModels<M extends Named>(models: M[], filter: string): M[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  return models.filter(({ id, name, owned_by }) => {
    const text = `${id} ${name} ${owned_by}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
