import { useEffect, useRef } from 'preact/hooks'
import ReconnectingSocket from 'partysocket/ws'
import { account } from '../../api/account.ts'
import { createFeed } from './feed-socket.ts'
import type { FeedLine, FeedListener } from './feed-socket.ts'

/** The islands of a page share their modules, and so this one line. */
const feed = createFeed({ connect: connectFeed, now: () => Date.now() })

/**
 * What happens to the member's jobs, pictures and storage, as it happens. A `gap` says that something may have been
 * missed: ask the lists again. Nothing is opened before it is known who is signed in.
 */
export function useFeed(onMessage: FeedListener): void {
  const latest = useRef(onMessage)
  latest.current = onMessage
  const organizationId = account.value?.organization.id ?? null
  useEffect(() => {
    if (organizationId === null) return
    return feed.listen((notice) => latest.current(notice))
  }, [organizationId])
}

/** The socket's address, on the page's own origin. */
export const feedAddress = ({ protocol, host }: Pick<Location, 'protocol' | 'host'>): string =>
  `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/api/feed`

function connectFeed({ onOpen, onLost, onData }: FeedLine): () => void {
  const socket = new ReconnectingSocket(feedAddress(window.location), [], {
    minReconnectionDelay: 500,
    maxReconnectionDelay: 15_000,
  })
  socket.addEventListener('open', onOpen)
  socket.addEventListener('close', onLost)
  socket.addEventListener('message', (event) => onData(event.data))
  return () => socket.close()
}
