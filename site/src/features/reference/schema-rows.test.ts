import { expect, test } from 'vitest'
import { schemaRows, typeOf } from './schema-rows.ts'

const components = {
  Point: { type: 'object', properties: { x: { type: 'number', description: 'to the end' } }, required: ['x'] },
}

test('a reader sees every field with its type, and what is within it below', () => {
  const schema = {
    type: 'object',
    required: ['at'],
    properties: { at: { $ref: '#/components/schemas/Point' }, tags: { type: 'array', items: { type: 'string' } } },
  }
  expect(schemaRows(schema, components)).toEqual([
    { name: 'at', depth: 0, type: 'object', required: true, description: '' },
    { name: 'x', depth: 1, type: 'number', required: true, description: 'to the end' },
    { name: 'tags', depth: 0, type: 'array of string', required: false, description: '' },
  ])
})

test('a choice is named by its shapes, once each', () => {
  expect(typeOf({ anyOf: [{ type: 'string' }, { enum: ['a', 'b'] }, { type: 'string' }, { type: 'null' }] }, {})).toBe(
    'string | "a" | "b" | null',
  )
})

test('a schema that contains itself ends', () => {
  const tree: Record<string, unknown> = {
    Tree: { type: 'object', properties: { child: { $ref: '#/components/schemas/Tree' } } },
  }
  expect(schemaRows({ $ref: '#/components/schemas/Tree' }, tree).length).toBeLessThan(10)
})
