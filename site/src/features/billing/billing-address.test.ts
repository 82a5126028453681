import { StartCheckout } from '#shared/contracts/billing'
import { expect, test } from 'vitest'
import { backIn, chosenPlanIn, chosenPlanPath, returnPath } from './billing-address.ts'

const choice = { planId: 'team', interval: 'year', currency: 'sar', seats: 4 } as const

test('what was chosen on the page of plans is still chosen after signing up', () => {
  const path = chosenPlanPath('ar', choice)
  expect(path.startsWith('/ar/billing?')).toBe(true)
  expect(chosenPlanIn(path.slice(path.indexOf('?')))).toEqual(choice)
})

test('an address that says nothing sensible chooses nothing', () => {
  expect(chosenPlanIn('')).toBeNull()
  expect(chosenPlanIn('?plan=Pro%20plan&currency=usd')).toBeNull()
  expect(chosenPlanIn('?plan=pro&currency=dollars')).toBeNull()
  expect(chosenPlanIn('?plan=pro&currency=usd&seats=-3&interval=week')).toEqual({
    planId: 'pro',
    interval: 'month',
    currency: 'usd',
    seats: 1,
  })
})

test('one comes back only to this site', () => {
  expect(backIn('?back=%2Far%2Fchat%2Fconv_1')).toBe('/ar/chat/conv_1')
  expect(backIn('?back=https%3A%2F%2Felsewhere.example')).toBeNull()
  expect(backIn('')).toBeNull()
})

test('the way back is one that the platform takes', () => {
  const body = { plan_id: 'pro', interval: 'month', currency: 'usd' }
  for (const back of [null, '/en/chat/conv_01k', '/en/chat?continue=credit'])
    expect(StartCheckout.safeParse({ ...body, return_path: returnPath('en', back) }).success).toBe(true)
})
