const STORAGE_KEY = 'riwaq:model'

/** The model that was chosen last on this device. */
export function rememberedModel(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY)
  } catch {
    return null
  }
}

export function rememberModel(id: string): void {
  try {
    localStorage.setItem(STORAGE_KEY, id)
  } catch {
    // Storage may be refused; the choice then lasts as long as the page.
  }
}
