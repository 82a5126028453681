// The most tokens that one image can cost, by vendor, whatever its size: what a hold must cover. The size itself is
// not looked at, because for an image behind a URL nobody knows it before the vendor does.
import type { CatalogModel, VendorId } from '../contracts/model.ts'

interface ImageMaximum {
  low: number
  high: number
}

const maxima: Record<VendorId, ImageMaximum> = {
  // 10,000 patches at full detail; 85 to 256 at low: https://platform.openai.com/docs/guides/images-vision
  openai: { low: 300, high: 10_000 },
  // 2576 × 2576 pixels / 750: https://platform.claude.com/docs/en/build-with-claude/vision
  anthropic: { low: 4_900, high: 4_900 },
  // 258 a tile of 768 pixels, at most 16 of them and a preview: https://ai.google.dev/gemini-api/docs/vision
  google: { low: 300, high: 4_400 },
  // 1540 × 1540 pixels in patches of 28: https://docs.mistral.ai/capabilities/vision
  mistral: { low: 3_100, high: 3_100 },
  deepseek: { low: 4_400, high: 4_400 },
  // Seven tiles of 256: https://docs.x.ai/docs/guides/image-understanding
  xai: { low: 300, high: 1_800 },
  groq: { low: 6_500, high: 6_500 },
  'workers-ai': { low: 6_500, high: 6_500 },
  // They make pictures and read none.
  replicate: { low: 0, high: 0 },
  fal: { low: 0, high: 0 },
  // Qwen's vision models take the most of those that people host.
  compatible: { low: 16_400, high: 16_400 },
  riwaq: { low: 0, high: 0 },
}

export const maxImageTokens = (
  model: Pick<CatalogModel, 'vendor' | 'imageTokens'>,
  detail: 'auto' | 'low' | 'high' = 'auto',
): number =>
  detail === 'low' && model.imageTokens === undefined
    ? maxima[model.vendor].low
    : (model.imageTokens ?? maxima[model.vendor].high)
