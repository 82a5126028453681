const ratioOf = (text: string): number => {
  const [width = 1, height = 1] = text.split(':').map(Number)
  return width / height
}

/** Of the shapes that a model knows, the one nearest to a size: a picture twice as wide is as far off as one half as wide. */
export function nearestRatio(size: { width: number; height: number }, known: readonly string[]): string | undefined {
  const wanted = Math.log(size.width / size.height)
  const distance = (ratio: string) => Math.abs(Math.log(ratioOf(ratio)) - wanted)
  return known.toSorted((left, right) => distance(left) - distance(right))[0]
}
