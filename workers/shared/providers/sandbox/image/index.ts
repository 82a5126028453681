// The platform's own painter: it needs no key and no network, draws what a prompt's words speak of, and says that it is no model.
import type { ImageModel } from '../../spec/image-model.ts'
import { createPainter } from './painter.ts'
import { createQueuedPainter } from './queued-painter.ts'
import type { SandboxDrawing } from './drawing.ts'

export type { SandboxDrawing } from './drawing.ts'

export interface SandboxImagesOptions {
  draw: SandboxDrawing
  /** Milliseconds since the epoch, for the one that takes its time. */
  now?: () => number
}

export interface SandboxImages {
  image(modelId: string): ImageModel
}

/** `sandbox-image` answers at once; `sandbox-image-queued` takes an order and is done some looks later. */
export const createSandboxImages = ({ draw, now = Date.now }: SandboxImagesOptions): SandboxImages => ({
  image: (modelId) =>
    modelId === 'sandbox-image-queued' ? createQueuedPainter({ draw, now }) : createPainter({ draw }),
})
