// The one way to an organization's objects: in the region that the organization is bound to.
import { regionOf, type Region } from './region.ts'

export interface Objects<T> {
  getByName(name: string): T
  /** Absent or throwing where the platform runs on somebody's machine. */
  jurisdiction?(region: Region): { getByName(name: string): T }
}

export interface RegionSettings {
  /** `on` where objects can be bound to a region, which is wherever the platform is deployed. */
  JURISDICTIONS?: string
}

export const hasRegions = ({ JURISDICTIONS: setting }: RegionSettings): boolean =>
  setting?.trim().toLowerCase() === 'on'

/** What belongs to a region is never looked for, and never made, outside of it. */
export function objectOf<T>(
  namespace: Objects<T>,
  {
    organizationId,
    name = organizationId,
    settings,
  }: { organizationId: string; name?: string; settings: RegionSettings },
): T {
  const region = regionOf(organizationId)
  if (region === null) return namespace.getByName(name)
  if (!hasRegions(settings) || !namespace.jurisdiction)
    throw new Error(`an organization is bound to the region ${region}, and JURISDICTIONS is not on`)
  return namespace.jurisdiction(region).getByName(name)
}
