// In which steps Workers are released that call each other both ways. Cloudflare refuses a binding to a Worker that is
// not there: on a first release the earlier of the two goes without it, and once more when the later one is there.

/** Of a config, the services that are bound to Workers which are released after it. */
const laterServices = (names, at, { services = [] }) =>
  services.map(({ service }) => service).filter((service) => names.indexOf(service) > at)

/**
 * `scripts`: what is released, in order, as `{ script, config }` with the config's content. `isThere(script)`: whether it
 * was released before. Each step says which services are left out of it.
 */
export async function releaseSteps(scripts, isThere) {
  const names = scripts.map(({ script }) => script)
  const steps = []
  const again = []
  for (const [at, { script, config }] of scripts.entries()) {
    const without = []
    for (const service of laterServices(names, at, config)) if (!(await isThere(service))) without.push(service)
    steps.push({ script, without })
    if (without.length > 0) again.push({ script, without: [] })
  }
  return [...steps, ...again]
}

export const withoutServices = (config, without) => ({
  ...config,
  services: (config.services ?? []).filter(({ service }) => !without.includes(service)),
})
