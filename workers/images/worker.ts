// Pictures: OpenAI's calls, the dashboard's jobs, and the queue that works at them. Reached only through the gateway.
import regular from '@expo-google-fonts/ibm-plex-sans-arabic/400Regular/IBMPlexSansArabic_400Regular.ttf'
import bold from '@expo-google-fonts/ibm-plex-sans-arabic/700Bold/IBMPlexSansArabic_700Bold.ttf'
import resvg from '@resvg/resvg-wasm/index_bg.wasm'
import type { Erasure } from '#shared/contracts/account'
import type { JobMessage } from '#shared/contracts/jobs'
import { createService } from '#shared/http/create-service'
import { createLogger } from '#shared/http/log'
import { createDrawing } from '#shared/providers/sandbox/image/drawing'
import { consumeErasures, consumeJobs } from './consume-jobs.ts'
import { createCollaborators, serviceOf } from './context.ts'
import type { ImagesEnv } from './env.ts'
import { createRoutes } from './routes.ts'

const ERASURES = 'riwaq-image-erasures'

const sandbox = createDrawing({ wasm: resvg, fonts: [new Uint8Array(regular), new Uint8Array(bold)] })
const collaborators = createCollaborators({ sandbox })
const logger = createLogger({ service: 'images' })

const isErasures = (batch: MessageBatch<Erasure | JobMessage>): batch is MessageBatch<Erasure> =>
  batch.queue === ERASURES

export default class extends createService<ImagesEnv>('images', createRoutes(collaborators)) {
  override async queue(batch: MessageBatch<Erasure | JobMessage>): Promise<void> {
    const { jobs } = serviceOf(this.env, collaborators)
    if (isErasures(batch)) return consumeErasures(batch, { jobs, logger })
    return consumeJobs(batch as MessageBatch<JobMessage>, { jobs, logger })
  }

  /** By the clock: jobs that queue and alarm have forgotten. */
  override async scheduled(): Promise<void> {
    await serviceOf(this.env, collaborators).jobs.sweep()
  }
}
