// Gives the benchmark's organizations their keys and credit, and tells what the ledger says afterwards.
export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url)
    const input = await request.json()
    const ledger = env.LEDGER.getByName(input.organizationId)
    if (pathname === '/seed') {
      await ledger.grant({ id: 'bench', amountMicros: input.creditMicros })
      await ledger.createKey(input.key)
      return Response.json(await ledger.balance())
    }
    if (pathname === '/balance') return Response.json(await ledger.balance())
    if (pathname === '/entries') return Response.json(await ledger.entries({ limit: input.limit }))
    return new Response('not found', { status: 404 })
  },
}
