// Who is signed in, and for which organization they act. Asked once for a page, shared by its islands.
import { signal } from '@preact/signals'
import type { Account, UpdateAccount } from '#shared/contracts/account'
import type { Action } from '#shared/contracts/permissions'
import { toApiProblem } from './api-problem.ts'
import type { ApiProblem } from './api-problem.ts'
import { api } from './client.ts'
import { signInPath } from './next-path.ts'
import { forgetSignedIn, rememberSignedIn } from './signed-in.ts'

export type { Account }

export const account = signal<Account | null>(null)
export const accountProblem = signal<ApiProblem | null>(null)

let asked: Promise<Account | null> | null = null

/** Loads the account once; `again` after something about it was changed. Someone not signed in is sent to sign in. */
export function loadAccount({ again = false } = {}): Promise<Account | null> {
  if (!asked || again) asked = askAccount()
  return asked
}

async function askAccount(): Promise<Account | null> {
  accountProblem.value = null
  try {
    account.value = await api.get<Account>('/api/account')
    rememberSignedIn()
  } catch (error) {
    const problem = toApiProblem(error)
    if (problem.status === 401) leaveForSignIn()
    else accountProblem.value = problem
  }
  return account.value
}

/** For any answer that says the session has ended. */
export function leaveForSignIn(): void {
  forgetSignedIn()
  const { pathname, search } = window.location
  window.location.replace(signInPath(document.documentElement.lang, `${pathname}${search}`))
}

export const may = (action: Action): boolean => account.value?.permissions.includes(action) ?? false

export const updateAccount = (change: UpdateAccount): Promise<Account> => api.patch<Account>('/api/account', change)
export async function deleteAccount(password: string): Promise<void> {
  await api.delete<null>('/api/account', { password })
  forgetSignedIn()
}
export const exportAddress = '/api/account/export'
export const libraryExportAddress = '/api/library/export'
