type Kebab<S extends string> = S extends `${infer Head}_${infer Rest}` ? `${Head}-${Kebab<Rest>}` : S

/** A word of the wire as it stands in the name of a sentence: `past_due` → `past-due`. */
export const kebab = <S extends string>(word: S): Kebab<S> => word.replaceAll('_', '-') as Kebab<S>
