// What the installed official clients can send, read from their own types: for tests, so that a newer client brings
// its new parameters along.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import ts from 'typescript'

const resolve = createRequire(import.meta.url).resolve

interface Scope {
  /** Type names as the client's file writes them: `ChatCompletionCreateParams.Function`. */
  fields(name: string): string[]
  /** The discriminating literal (`type`, `role`) of every member of a union. */
  variants(name: string, discriminant?: string): string[]
}

type Statements = readonly ts.Statement[]

function inNamespace(statements: Statements, name: string): Statements {
  return statements.flatMap((each) =>
    ts.isModuleDeclaration(each) && each.name.text === name && each.body && ts.isModuleBlock(each.body)
      ? each.body.statements
      : [],
  )
}

const isNamed = (statement: ts.Statement): statement is ts.InterfaceDeclaration | ts.TypeAliasDeclaration =>
  ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)

function find(source: ts.SourceFile, name: string) {
  const path = name.split('.')
  const last = path.pop()!
  const found = path
    .reduce<Statements>(inNamespace, source.statements)
    .find((each): each is ts.InterfaceDeclaration | ts.TypeAliasDeclaration => isNamed(each) && each.name.text === last)
  if (!found) throw new Error(`The official client has no type ${name} any more.`)
  return found
}

const literalOf = (type: ts.TypeNode | undefined): string | null => {
  if (!type) return null
  if (ts.isUnionTypeNode(type)) return type.types.map(literalOf).find((each) => each !== null) ?? null
  return ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal) ? type.literal.text : null
}

const isField = (member: ts.TypeElement): member is ts.PropertySignature => ts.isPropertySignature(member)

export function typesOf(packageName: string, file: string): Scope {
  const root = dirname(resolve(packageName))
  const path = join(root, 'resources', file)
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)

  function membersOf(name: string): ts.PropertySignature[] {
    const found = find(source, name)
    if (!ts.isInterfaceDeclaration(found)) throw new Error(`${name} is no interface any more.`)
    return found.members.filter(isField)
  }

  function variantOf(type: ts.TypeNode, discriminant: string): string[] {
    const literal = literalOf(type)
    if (literal !== null) return [literal]
    if (!ts.isTypeReferenceNode(type)) return []
    const name = type.typeName.getText()
    const found = find(source, name)
    if (ts.isTypeAliasDeclaration(found)) return variantsOf(found.type, discriminant)
    const said = membersOf(name).find((member) => member.name.getText() === discriminant)
    // A version is part of a literal, and an interface without one is what it is called.
    return [literalOf(said?.type) ?? name]
  }

  const variantsOf = (type: ts.TypeNode, discriminant: string): string[] =>
    (ts.isUnionTypeNode(type) ? [...type.types] : [type]).flatMap((each) => variantOf(each, discriminant))

  return {
    fields: (name) => membersOf(name).map((member) => member.name.getText()),
    variants(name, discriminant = 'type') {
      const found = find(source, name)
      if (!ts.isTypeAliasDeclaration(found)) throw new Error(`${name} is no union any more.`)
      return [...new Set(variantsOf(found.type, discriminant))]
    },
  }
}
