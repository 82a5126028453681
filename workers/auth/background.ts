// What may go on after the answer has left: mails, above all, so that the time an answer takes does not tell
// whether there was anybody to write to. The engine outlives requests, and so asks here whose turn it is.
import { AsyncLocalStorage } from 'node:async_hooks'

type WaitUntil = (promise: Promise<unknown>) => void

const present = new AsyncLocalStorage<WaitUntil>()

export const withBackground = <T>(waitUntil: WaitUntil, work: () => T): T => present.run(waitUntil, work)

export const inBackground: WaitUntil = (promise) => present.getStore()?.(promise)
