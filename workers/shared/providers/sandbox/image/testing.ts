// The real engine and the real letters, as a Worker has them, for tests.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { createDrawing, type SandboxDrawing } from './drawing.ts'

const modules = new URL('../../../../../node_modules/', import.meta.url)
const read = (path: string) => readFile(fileURLToPath(new URL(path, modules).href))

export async function createTestDrawing(): Promise<SandboxDrawing> {
  const [wasm, ...fonts] = await Promise.all([
    read('@resvg/resvg-wasm/index_bg.wasm'),
    read('@expo-google-fonts/ibm-plex-sans-arabic/400Regular/IBMPlexSansArabic_400Regular.ttf'),
    read('@expo-google-fonts/ibm-plex-sans-arabic/700Bold/IBMPlexSansArabic_700Bold.ttf'),
  ])
  return createDrawing({ wasm, fonts })
}

export const sizeOf = (png: Uint8Array): { width: number; height: number } => {
  const view = new DataView(png.buffer, png.byteOffset)
  return { width: view.getUint32(16), height: view.getUint32(20) }
}
