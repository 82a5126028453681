// The library's named entrypoint: one Worker makes a thing, this one keeps it.
import { WorkerEntrypoint } from 'cloudflare:workers'
import type { CleanInput, LibraryQuestions, StageInput } from '#shared/contracts/library'
import { cleanPicture } from './clean-picture.ts'
import { discard } from './discard.ts'
import type { LibraryEnv } from './env.ts'
import { openItem } from './open-item.ts'
import { publish } from './publish.ts'
import { readStorage } from './read-storage.ts'
import { signedUrl } from './signed-url.ts'
import { stage } from './stage.ts'
import { systemOf } from './system-of.ts'

type Input<Name extends keyof LibraryQuestions> = Parameters<LibraryQuestions[Name]>[0]

export class LibraryRpc extends WorkerEntrypoint<LibraryEnv> implements LibraryQuestions {
  async storage({ organizationId }: Input<'storage'>) {
    return readStorage({ organizationId, ctx: systemOf(this.env) })
  }

  async clean(input: CleanInput) {
    return cleanPicture({ input, ctx: systemOf(this.env) })
  }

  async stage(input: StageInput) {
    return stage({ input, ctx: systemOf(this.env) })
  }

  async publish(input: Input<'publish'>) {
    return publish({ ...input, ctx: systemOf(this.env) })
  }

  async discard(input: Input<'discard'>) {
    await discard({ ...input, ctx: systemOf(this.env) })
  }

  async open(input: Input<'open'>) {
    return openItem({ ...input, ctx: systemOf(this.env) })
  }

  async signedUrl(input: Input<'signedUrl'>) {
    return signedUrl({ ...input, ctx: systemOf(this.env) })
  }
}
