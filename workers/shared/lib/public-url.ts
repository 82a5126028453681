// Whether an address that somebody gave us may be fetched: by its text alone, before any name is resolved.
import { isPublicAddress } from './public-address.ts'

export type UrlFault = 'not_a_url' | 'scheme' | 'credentials' | 'port' | 'host'

export interface PublicUrlOptions {
  /** The platform itself runs on somebody's machine: plain http and every port are fine, on that machine alone. */
  local?: boolean
}

export type PublicUrlVerdict = { ok: true; url: URL } | { ok: false; fault: UrlFault }

/** 443 and the other ports that Cloudflare serves https on: none of them is a mail server or a database. */
const PORTS = new Set(['', '2053', '2083', '2087', '2096', '8443'])

/** Names that only mean something inside a network. */
const INTERNAL_NAME = /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|private|lan|home|corp|arpa)$/

const LONGEST = 2_048

/** `URL` has written the host in its one canonical way: `0x7f.1`, `2130706433` and `１２７。１` are 127.0.0.1 by now. */
const bareHost = (url: URL) => url.hostname.replace(/\.+$/, '').toLowerCase()

const isThisMachine = (host: string) => host === 'localhost' || host === '[::1]' || /^127(?:\.\d+){3}$/.test(host)

function isPublicHost(host: string): boolean {
  if (host.startsWith('[')) return isPublicAddress(host.slice(1, -1))
  // A last label of digits alone can only be an address: there is no such top-level domain.
  if (/(?:^|\.)\d+$/.test(host)) return isPublicAddress(host)
  return host.includes('.') && !INTERNAL_NAME.test(host)
}

export function checkPublicUrl(text: string, { local = false }: PublicUrlOptions = {}): PublicUrlVerdict {
  if (text.length > LONGEST || !URL.canParse(text)) return { ok: false, fault: 'not_a_url' }
  const url = new URL(text)
  const host = bareHost(url)
  const atHome = local && isThisMachine(host)
  if (url.protocol !== 'https:' && !(atHome && url.protocol === 'http:')) return { ok: false, fault: 'scheme' }
  if (url.username !== '' || url.password !== '') return { ok: false, fault: 'credentials' }
  if (atHome) return { ok: true, url }
  if (!isPublicHost(host)) return { ok: false, fault: 'host' }
  return PORTS.has(url.port) ? { ok: true, url } : { ok: false, fault: 'port' }
}
