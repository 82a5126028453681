import { authEngine } from './better-auth.ts'
import type { AuthContext } from './context.ts'

/**
 * Lets Better Auth lengthen a session that is a day old, and passes its new cookie on. The account is what
 * every page asks first, so whoever keeps coming stays signed in.
 */
export async function renewSession({ ctx, headers }: { ctx: AuthContext; headers: Headers }): Promise<void> {
  const cookie = ctx.headers.get('cookie')
  if (!cookie) return
  try {
    const request = new Request(`${ctx.origin}/api/auth/get-session`, { headers: { cookie, origin: ctx.origin } })
    const response = await authEngine({ origin: ctx.origin, ctx: ctx.system }).handler(request)
    for (const line of response.headers.getSetCookie()) if (response.ok) headers.append('set-cookie', line)
    await response.body?.cancel()
  } catch (error) {
    ctx.logger.warn('session-not-renewed', { internal: error instanceof Error ? error.message : String(error) })
  }
}
