// Which addresses are on the public Internet (IANA's special-purpose registries). What is not listed as public is not.

/** As network and length of prefix. Loopback, private, link-local (where clouds keep their metadata), shared, test, multicast and reserved. */
const SPECIAL_IPV4: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
]

/** Inside 2000::/3, yet not to be reached, or another address in disguise: Teredo, 6to4 and test networks. */
const SPECIAL_IPV6: readonly [string, number][] = [
  ['2001:0000', 23],
  ['2001:0db8', 32],
  ['2002:0000', 16],
  ['3fff:0000', 20],
]

function ipv4Number(address: string): number | null {
  const parts = address.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) return null
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0)
}

const inPrefix = (value: number, network: number, length: number) =>
  Math.floor(value / 2 ** (32 - length)) === Math.floor(network / 2 ** (32 - length))

/** The first 32 bits: every range that matters is told by them. Null where it is no IPv6 address. */
function ipv6Head(address: string): number | null {
  if (!/^[\da-f:.]+$/i.test(address) || !URL.canParse(`http://[${address}]/`)) return null
  // `URL` writes it in its one canonical way: `::` at most once, no dotted tail, no leading zeros.
  const [left = ''] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::')
  const [first = '0', second = '0'] = left === '' ? [] : left.split(':')
  return Number.parseInt(first, 16) * 65_536 + Number.parseInt(second, 16)
}

const groupsToNumber = (groups: string) => Number.parseInt(groups.replace(':', ''), 16)

/** `address`: four decimal parts, or IPv6 without brackets. Anything else is not public. */
export function isPublicAddress(address: string): boolean {
  const v4 = ipv4Number(address)
  if (v4 !== null) {
    return !SPECIAL_IPV4.some(([network, length]) => inPrefix(v4, ipv4Number(network) ?? 0, length))
  }
  const head = ipv6Head(address)
  return (
    head !== null &&
    inPrefix(head, 0x20000000, 3) &&
    !SPECIAL_IPV6.some(([network, length]) => inPrefix(head, groupsToNumber(network), length))
  )
}
