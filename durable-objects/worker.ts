// Hosts every Durable Object class. Nothing reaches it but through its objects' bindings.
export { Conversation } from './conversation/conversation.ts'
export { Feed } from './feed/feed.ts'
export { JobAlarm } from './job-alarm/job-alarm.ts'
export { Ledger } from './ledger/ledger.ts'
export { RateLimiter } from './rate-limiter/rate-limiter.ts'

export default {
  fetch: () => new Response('Not found', { status: 404 }),
} satisfies ExportedHandler
