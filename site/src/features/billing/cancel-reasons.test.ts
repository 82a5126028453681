import { cancelReasons } from '#shared/contracts/billing'
import { expect, test } from 'vitest'
import { shownReasons } from './cancel-reasons.ts'

test('every reason that the platform takes can be given', () => {
  expect([...shownReasons].toSorted()).toEqual([...cancelReasons].toSorted())
})
