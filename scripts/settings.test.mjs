import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { settingsFor } from './lib/configs.mjs'
import { isSecret, parseVars, readSettings, settingsOf, withLocalSecrets } from './lib/settings.mjs'

const fileWith = (text) => {
  const path = join(mkdtempSync(join(tmpdir(), 'riwaq-settings-')), '.dev.vars')
  writeFileSync(path, text)
  return path
}

test('.dev.vars is read with comments, quotes and JSON left as they are', () => {
  const text = `# a comment\nOPENAI_API_KEY="sk-1#2"\nexport SANDBOX=off # why\nCOMPATIBLE_MODELS=[{"id":"qwen3","input":0.4}]\nbroken line\n`
  expect(parseVars(text)).toEqual({
    OPENAI_API_KEY: 'sk-1#2',
    SANDBOX: 'off',
    COMPATIBLE_MODELS: '[{"id":"qwen3","input":0.4}]',
  })
})

test('the process environment wins over the file, and an empty value counts as unset', () => {
  const file = fileWith('OPENAI_API_KEY=from-file\nSANDBOX=off\n')
  expect(readSettings({ file, environment: { OPENAI_API_KEY: 'from-environment', ADMIN_EMAILS: '' } })).toEqual({
    OPENAI_API_KEY: 'from-environment',
    SANDBOX: 'off',
  })
})

test('a name that no Worker knows is not passed on', () => {
  expect(readSettings({ file: fileWith('HOME_ADDRESS=x\n'), environment: { PATH: '/bin' } })).toEqual({})
})

test('local secrets are made once and kept', () => {
  const folder = mkdtempSync(join(tmpdir(), 'riwaq-secrets-'))
  const first = withLocalSecrets({}, folder)
  expect(first.PRINCIPAL_KEY).toHaveLength(43)
  expect(withLocalSecrets({}, folder)).toEqual(first)
  expect(withLocalSecrets({ BETTER_AUTH_SECRET: 'chosen' }, folder).BETTER_AUTH_SECRET).toBe('chosen')
})

test('a Worker is given its own settings and no other', () => {
  const settings = { OPENAI_API_KEY: 'sk', BETTER_AUTH_SECRET: 's', PRINCIPAL_KEY: 'p' }
  expect(settingsFor('gateway', settings)).toEqual({ PRINCIPAL_KEY: 'p' })
  expect(settingsFor('chat', settings)).toEqual({ OPENAI_API_KEY: 'sk', PRINCIPAL_KEY: 'p' })
  expect(settingsFor('durable-objects', settings)).toEqual({})
})

test('who lists models is told of vendors whose keys it is not given', () => {
  const settings = readSettings({ file: fileWith('FAL_KEY=f\nREPLICATE_API_TOKEN=r\n'), environment: {} })
  expect(settingsFor('chat', settings)).toEqual({ IMAGE_VENDORS: 'fal,replicate' })
  expect(settingsFor('images', settings)).toEqual({ FAL_KEY: 'f', REPLICATE_API_TOKEN: 'r' })
  const said = readSettings({ file: fileWith('FAL_KEY=f\nIMAGE_VENDORS=replicate\n'), environment: {} })
  expect(said.IMAGE_VENDORS).toBe('replicate')
})

test('every setting is documented in .dev.vars.example', () => {
  const text = readFileSync('.dev.vars.example', 'utf8')
  for (const name of new Set(Object.values(settingsOf).flat())) {
    const documented = name.endsWith('_BASE_URL') ? /_BASE_URL/ : new RegExp(`^# ${name}=`, 'm')
    expect(text, name).toMatch(documented)
  }
})

test('keys, secrets and tokens are never plain variables of a release', () => {
  expect(['OPENAI_API_KEY', 'BETTER_AUTH_SECRET', 'FIGMA_TOKEN', 'VAULT_KEY_PREVIOUS'].every(isSecret)).toBe(true)
  expect(['SANDBOX', 'PUBLIC_URL', 'COMPATIBLE_MODELS'].map(isSecret)).toEqual([false, false, false])
})
