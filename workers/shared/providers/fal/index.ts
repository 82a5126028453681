// fal by its queue (https://docs.fal.ai/model-endpoints/queue): an order is taken at once and asked after until it is done.
import type { ImageTraits } from '#shared/contracts/model'
import type { ImageModel } from '../spec/image-model.ts'
import type { VendorOptions } from '../spec/vendor.ts'
import { createFalImage } from './image.ts'

export interface FalOptions extends VendorOptions {
  /** The platform runs on somebody's machine: results may lie on that machine too. */
  local?: boolean
}

export interface ImageVendor {
  /** `modelId` is what the vendor calls the model. */
  image(modelId: string, traits: ImageTraits): ImageModel
}

export const createFal = (options: FalOptions): ImageVendor => ({
  image: (modelId, traits) => createFalImage({ ...options, modelId, traits }),
})
