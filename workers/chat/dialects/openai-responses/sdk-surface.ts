// What the installed official client can ask, read from its own types: for tests, so that a newer client brings its
// new parameters along.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import ts from 'typescript'

const folder = join(dirname(createRequire(import.meta.url).resolve('openai')), 'resources', 'responses')

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(join(folder, file), 'utf8'), ts.ScriptTarget.Latest, true)
}

function statementsOf(source: ts.SourceFile, path: string[]): readonly ts.Statement[] {
  return path.reduce<readonly ts.Statement[]>(
    (statements, name) =>
      statements.flatMap((each) =>
        ts.isModuleDeclaration(each) && each.name.text === name && each.body && ts.isModuleBlock(each.body)
          ? each.body.statements
          : [],
      ),
    source.statements,
  )
}

function findInterface(source: ts.SourceFile, name: string): ts.InterfaceDeclaration | undefined {
  const path = name.split('.')
  const last = path.pop()!
  return statementsOf(source, path).find(
    (each): each is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(each) && each.name.text === last,
  )
}

const namesOf = (found: ts.InterfaceDeclaration | undefined): string[] =>
  (found?.members ?? []).flatMap((member) => (ts.isPropertySignature(member) ? [member.name.getText()] : []))

const literalsIn = (node: ts.TypeNode | undefined): string[] => {
  if (!node) return []
  if (ts.isUnionTypeNode(node)) return node.types.flatMap(literalsIn)
  return ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal) ? [node.literal.text] : []
}

function findAlias(source: ts.SourceFile, name: string): ts.TypeNode {
  const found = source.statements.find(
    (each): each is ts.TypeAliasDeclaration => ts.isTypeAliasDeclaration(each) && each.name.text === name,
  )
  if (!found) throw new Error(`The official client has no type ${name} any more.`)
  return found.type
}

const responses = parse('responses.d.ts')

/** The names of an interface's fields. */
export const parametersOf = (name: string): string[] => namesOf(findInterface(responses, name))
export const countParameters = (): string[] =>
  namesOf(findInterface(parse('input-tokens.d.ts'), 'InputTokenCountParams'))

/** The `type` of every member of a union of interfaces. */
export function typesOf(alias: string): string[] {
  const union = findAlias(responses, alias)
  const members = ts.isUnionTypeNode(union) ? [...union.types] : [union]
  const types = members.flatMap((member) => {
    const name = member.getText()
    const field = findInterface(responses, name)?.members.find(
      (each): each is ts.PropertySignature => ts.isPropertySignature(each) && each.name.getText() === 'type',
    )
    return literalsIn(field?.type)
  })
  return [...new Set(types)]
}

/** The words of a union of words. */
export const wordsOf = (alias: string): string[] => literalsIn(findAlias(responses, alias))
