// Everything that the stand-in knows of the API.
import type { Timer } from '../engine.ts'
import type { Resource } from '../resource.ts'
import { customers } from './customers.ts'
import { taxIds } from './tax-ids.ts'

export const resources: Resource[] = [customers, taxIds]

/** What falls due by the account's clock. */
export const timers: Timer[] = []
