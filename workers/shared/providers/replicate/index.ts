// Replicate by its predictions (https://replicate.com/docs/reference/http): made at once, and asked after until they are done.
import type { ImageTraits } from '#shared/contracts/model'
import type { ImageModel } from '../spec/image-model.ts'
import type { VendorOptions } from '../spec/vendor.ts'
import { createReplicateImage } from './image.ts'

export interface ReplicateOptions extends VendorOptions {
  /** The platform runs on somebody's machine: results may lie on that machine too. */
  local?: boolean
}

export interface ImageVendor {
  /** `owner/name`, `owner/name:version` or the version alone. */
  image(modelId: string, traits: ImageTraits): ImageModel
}

export const createReplicate = (options: ReplicateOptions): ImageVendor => ({
  image: (modelId, traits) => createReplicateImage({ ...options, modelId, traits }),
})
