const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Whether the platform runs on somebody's own machine: it has no public address, or that machine's. */
export const isLocalPlatform = (publicUrl: string | undefined): boolean => {
  const url = publicUrl?.trim()
  return !url || (URL.canParse(url) && LOOPBACK_HOSTS.has(new URL(url).hostname))
}
