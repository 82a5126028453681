import { expect, test } from 'vitest'
import {
  cleanBackupCode,
  cleanCode,
  complainAboutEmail,
  complainAboutPassword,
  complainAboutRequired,
} from './auth-rules.ts'

test('an address without its parts is noticed before it is sent', () => {
  expect(complainAboutEmail(' layla@example.com ')).toBeNull()
  expect(complainAboutEmail('')).toEqual({ key: 'ui.required' })
  for (const email of ['layla', 'layla@', 'layla@home', 'a b@example.com'])
    expect(complainAboutEmail(email)).toEqual({ key: 'auth.email-invalid' })
})

test('a password is judged by its length alone', () => {
  expect(complainAboutPassword('كلمة سرّ طويلة')).toBeNull()
  expect(complainAboutPassword('short')).toMatchObject({ key: 'auth.password-short' })
  expect(complainAboutPassword('x'.repeat(129))).toMatchObject({ key: 'auth.password-long' })
})

test('a name of spaces is no name', () => {
  expect(complainAboutRequired('  ')).toEqual({ key: 'ui.required' })
  expect(complainAboutRequired('ليلى')).toBeNull()
})

test('a code may be typed in Arabic digits and with spaces', () => {
  expect(cleanCode('١٢٣ ٤٥٦')).toBe('123456')
  expect(cleanBackupCode(' aB1-2cD ')).toBe('aB1-2cD')
})
