// What the platform has for this Worker, with the compiled codecs, which Node cannot import: for `worker.ts` and `rpc.ts`.
import { createSystemOf } from './context.ts'
import { createPixels } from './pixels/index.ts'
import { pixelModules } from './pixels/modules.ts'

export const systemOf = createSystemOf(createPixels(pixelModules))
