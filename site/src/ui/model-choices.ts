interface Choice {
  id: string
  name: string
}

interface ModelChoicesInput {
  models: Choice[]
  chosen: string[]
  filter: string
}

/** The models to tick. One that was chosen and has left the catalogue stays in sight, so that it can be taken away. */
export function modelChoices({ models, chosen, filter }: ModelChoicesInput): Choice[] {
  const gone = chosen.filter((id) => !models.some((model) => model.id === id)).map((id) => ({ id, name: id }))
  const wanted = filter.trim().toLowerCase()
  return [...gone, ...models].filter(
    ({ id, name }) => chosen.includes(id) || id.toLowerCase().includes(wanted) || name.toLowerCase().includes(wanted),
  )
}
