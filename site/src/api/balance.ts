import { api } from './client.ts'

export interface Balance {
  balance_micros: number
  held_micros: number
  available_micros: number
}

export const getBalance = (signal?: AbortSignal): Promise<Balance> => api.get<Balance>('/api/usage/balance', { signal })

const SPENT = 'riwaq:spent'

/** Says that something was spent, so that whatever shows the balance asks again. */
export const announceSpent = (): void => void window.dispatchEvent(new Event(SPENT))

export function onSpent(listener: () => void): () => void {
  window.addEventListener(SPENT, listener)
  return () => window.removeEventListener(SPENT, listener)
}
