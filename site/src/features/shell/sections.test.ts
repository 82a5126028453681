import { expect, test } from 'vitest'
import { destinations, destinationsFor, groupsFor } from './sections.ts'

const shown = (viewer: Parameters<typeof destinationsFor>[0]) => destinationsFor(viewer).map(({ section }) => section)
const grouped = (viewer: Parameters<typeof groupsFor>[0]) =>
  groupsFor(viewer).map((each) => [each.group, each.destinations.map(({ section }) => section)])

test('a viewer is not led to pages that would refuse them', () => {
  expect(shown({ permissions: ['members.read'], platform_admin: false })).toEqual(['members', 'usage', 'settings'])
})

test('only the operator of the platform sees its administration', () => {
  expect(shown({ permissions: ['members.read', 'keys.use'], platform_admin: true })).toContain('admin')
  expect(shown({ permissions: ['members.read', 'keys.use'], platform_admin: false })).not.toContain('admin')
})

test('before it is known who is asking, the navigation already has its shape', () => {
  expect(grouped(null)).toEqual([
    ['work', ['chat', 'images', 'library', 'playground']],
    ['organization', ['keys', 'members', 'limits', 'policies', 'provider-keys', 'requests', 'webhooks']],
    ['money', ['usage', 'billing']],
    ['own', ['settings']],
  ])
})

test('only those who answer for the money are led to billing', () => {
  expect(shown({ permissions: ['billing.read'], platform_admin: false })).toContain('billing')
  expect(shown({ permissions: ['chat.use', 'usage.read-organization'], platform_admin: false })).not.toContain(
    'billing',
  )
})

test('whoever may not make pictures sees neither the page that makes them nor the library', () => {
  expect(grouped({ permissions: ['billing.read', 'members.read'], platform_admin: false })).toEqual([
    ['organization', ['members']],
    ['money', ['usage', 'billing']],
    ['own', ['settings']],
  ])
})

test('every destination stands where its section is named, in one group only', () => {
  expect(destinations.map(({ path }) => path)).toEqual(destinations.map(({ section }) => `/${section}`))
  expect(new Set(destinations.map(({ section }) => section)).size).toBe(destinations.length)
})
