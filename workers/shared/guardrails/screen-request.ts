// Everything of a request that is text, through the rules: what people and tools said, what the model had answered,
// the descriptions of its tools. Images and files are not looked into.
import type { LanguageMessage, LanguageRequest, Tool } from '#shared/providers/spec/language-model'
import { createJsonScreen } from './matching/json-screen.ts'
import { createTextScreen, type Finding, type Rule, type Tell, type TextScreen } from './matching/text-screen.ts'

export interface ScreenedRequest {
  /** The same object where nothing was masked. */
  request: LanguageRequest
  blocked: Finding | null
}

class Blocked extends Error {
  readonly finding: Finding
  constructor(finding: Finding) {
    super('blocked')
    this.finding = finding
  }
}

/** The same array where nothing in it changed. */
function mapSame<T>(items: readonly T[], change: (item: T) => T): readonly T[] {
  let changed: T[] | null = null
  items.forEach((item, at) => {
    const next = change(item)
    if (next !== item) (changed ??= [...items])[at] = next
  })
  return changed ?? items
}

interface Screens {
  text(text: string): string
  json(text: string): string
}

function createScreens(rules: readonly Rule[], tell: Tell): Screens {
  const through = (screen: TextScreen, text: string): string => {
    const passed = screen.push(text) + screen.end()
    const blocked = screen.blocked()
    if (blocked) throw new Blocked(blocked)
    return passed
  }
  return {
    text: (text) => through(createTextScreen({ rules, tell }), text),
    json: (text) => through(createJsonScreen({ rules, tell }), text),
  }
}

type Part = LanguageMessage['content'][number]

function screenPart(part: Part, screens: Screens): Part {
  if (part.type === 'text') {
    const text = screens.text(part.text)
    return text === part.text ? part : { ...part, text }
  }
  if (part.type === 'reasoning') {
    const text = screens.text(part.text)
    // The vendor's seal is on what it said, not on what is left of it.
    return text === part.text ? part : { type: 'reasoning', text }
  }
  if (part.type === 'tool-call') {
    const input = screens.json(part.input)
    return sameJson(input, part.input) ? part : { ...part, input }
  }
  if (part.type === 'tool-result') {
    const content = mapSame(part.content, (inner) => screenPart(inner, screens) as (typeof part.content)[number])
    return content === part.content ? part : { ...part, content: [...content] }
  }
  return part
}

/** Screening writes «\\u0645» as «م»: that alone is no change. */
function sameJson(left: string, right: string): boolean {
  if (left === right) return true
  try {
    return JSON.stringify(JSON.parse(left)) === JSON.stringify(JSON.parse(right))
  } catch {
    return false
  }
}

function screenTool(tool: Tool, screens: Screens): Tool {
  if (tool.description === undefined) return tool
  const description = screens.text(tool.description)
  return description === tool.description ? tool : { ...tool, description }
}

export function screenRequest(
  request: LanguageRequest,
  { rules, tell }: { rules: readonly Rule[]; tell: Tell },
): ScreenedRequest {
  const screens = createScreens(rules, tell)
  try {
    const messages = mapSame(request.messages, (message) => {
      const content = mapSame(message.content as readonly Part[], (part) => screenPart(part, screens))
      return content === message.content ? message : ({ ...message, content } as LanguageMessage)
    })
    const tools = request.tools && mapSame(request.tools, (tool) => screenTool(tool, screens))
    const endUser = request.endUser === undefined ? undefined : screens.text(request.endUser)
    const same = messages === request.messages && tools === request.tools && endUser === request.endUser
    return {
      request: same
        ? request
        : {
            ...request,
            messages: [...messages],
            ...(tools && { tools: [...tools] }),
            ...(endUser !== undefined && { endUser }),
          },
      blocked: null,
    }
  } catch (error) {
    if (error instanceof Blocked) return { request, blocked: error.finding }
    throw error
  }
}
