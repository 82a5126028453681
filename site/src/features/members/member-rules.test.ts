import { expect, test } from 'vitest'
import { mayChangeRole, mayRemove, rolesToGive } from './member-rules.ts'
import type { MemberFacts } from './member-rules.ts'

const facts = (change: Partial<MemberFacts>): MemberFacts => ({
  manages: true,
  myRole: 'admin',
  theirRole: 'member',
  isMe: false,
  owners: 1,
  ...change,
})

test('an admin manages everyone but the owners', () => {
  expect(mayChangeRole(facts({}))).toEqual({ ok: true })
  expect(mayRemove(facts({ theirRole: 'admin' }))).toEqual({ ok: true })
  expect(mayChangeRole(facts({ theirRole: 'owner', owners: 2 }))).toEqual({ ok: false, because: 'only-owners' })
  expect(mayRemove(facts({ theirRole: 'owner', owners: 2 }))).toEqual({ ok: false, because: 'only-owners' })
})

test('the last owner stays, even where it is oneself', () => {
  const me = facts({ myRole: 'owner', theirRole: 'owner', isMe: true })
  expect(mayChangeRole(me)).toEqual({ ok: false, because: 'last-owner' })
  expect(mayRemove(me)).toEqual({ ok: false, because: 'last-owner' })
  expect(mayRemove({ ...me, owners: 2 })).toEqual({ ok: true })
})

test('whoever manages nobody may still leave', () => {
  const viewer = facts({ manages: false, myRole: 'viewer', theirRole: 'viewer', isMe: true })
  expect(mayRemove(viewer)).toEqual({ ok: true })
  expect(mayChangeRole(viewer)).toEqual({ ok: false, because: 'not-allowed' })
  expect(mayRemove({ ...viewer, isMe: false })).toEqual({ ok: false, because: 'not-allowed' })
})

test('only an owner makes owners', () => {
  expect(rolesToGive('owner')).toContain('owner')
  expect(rolesToGive('admin')).toEqual(['admin', 'member', 'billing', 'viewer'])
})
