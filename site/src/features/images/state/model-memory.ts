const STORAGE_KEY = 'riwaq:image-model'

/** The model that was chosen last on this device. */
export function rememberedImageModel(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY)
  } catch {
    return null
  }
}

export function rememberImageModel(id: string): void {
  try {
    localStorage.setItem(STORAGE_KEY, id)
  } catch {
    // Storage may be refused; the choice then lasts as long as the page.
  }
}
