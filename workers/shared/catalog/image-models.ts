// Models that make pictures: what each can, in its vendor's words, and what it costs.
import type { CatalogModel, ImageTraits } from '../contracts/model.ts'

export type ImageCatalogModel = CatalogModel & { image: ImageTraits }

export const imageModels: readonly ImageCatalogModel[] = []
