import { expect, test } from 'vitest'
import { destinationsFor } from './sections.ts'

const shown = (viewer: Parameters<typeof destinationsFor>[0]) => destinationsFor(viewer).map(({ section }) => section)

test('a viewer is not led to pages that would refuse them', () => {
  expect(shown({ permissions: ['members.read'], platform_admin: false })).toEqual(['usage', 'members', 'settings'])
})

test('only the operator of the platform sees its administration', () => {
  expect(shown({ permissions: ['members.read', 'keys.use'], platform_admin: true })).toContain('admin')
  expect(shown({ permissions: ['members.read', 'keys.use'], platform_admin: false })).not.toContain('admin')
})

test('before it is known who is asking, the navigation already has its shape', () => {
  expect(shown(null)).toEqual([
    'chat',
    'playground',
    'usage',
    'billing',
    'keys',
    'members',
    'limits',
    'policies',
    'provider-keys',
    'requests',
    'webhooks',
    'settings',
  ])
})

test('only those who answer for the money are led to billing', () => {
  expect(shown({ permissions: ['billing.read'], platform_admin: false })).toContain('billing')
  expect(shown({ permissions: ['chat.use', 'usage.read-organization'], platform_admin: false })).not.toContain(
    'billing',
  )
})
