// The guardrails of one call: what the pipeline asks before it holds credit, before it sends, and while it answers.
import type { Guardrail } from '#shared/contracts/policy'
import { silentLogger, type Logger } from '#shared/http/log'
import { toProblem } from '#shared/http/render-problem'
import type { LanguageEvent, LanguageRequest } from '#shared/providers/spec/language-model'
import type { Guard } from './guard-types.ts'
import { chainOf, type ModerationRule, type Stage } from './chain.ts'
import { contentRejected } from './content-rejected.ts'
import { createEventScreen } from './event-screen.ts'
import { createFindings, type Findings, type StageName } from './findings.ts'
import type { Finding } from './matching/text-screen.ts'
import type { Moderator } from './moderation.ts'
import { judgedPieces, lookedAt, withheld } from './moderated-events.ts'
import { moderatedTexts } from './moderated-texts.ts'
import { screenRequest } from './screen-request.ts'

export interface GuardParts {
  guardrails: readonly Guardrail[]
  moderator: Moderator
  logger?: Logger
}

interface Judge {
  guardrails: readonly Guardrail[]
  findings: Findings
  moderator: Moderator
  logger: Logger
}

/** One that blocks and cannot be asked lets nothing through; one that only looks is missed. */
async function isHarmful(
  rule: ModerationRule,
  { texts, stage, signal }: { texts: readonly string[]; stage: StageName; signal?: AbortSignal },
  { guardrails, findings, moderator, logger }: Judge,
): Promise<boolean> {
  try {
    const harmful = await moderator.judge(texts, { model: rule.model, signal })
    if (harmful) findings.count(stage, guardrails[rule.guardrail]!, 'moderation')
    return harmful
  } catch (error) {
    if (rule.action === 'block') throw error
    logger.warn('moderation-failed', { code: toProblem(error).code, stage })
    return false
  }
}

async function* screened(
  events: AsyncIterable<LanguageEvent>,
  { rules }: Stage,
  tell: (finding: Finding) => void,
): AsyncGenerator<LanguageEvent, void, void> {
  const screen = createEventScreen({ rules, tell })
  for await (const event of events) {
    yield* screen.take(event)
    if (!screen.blocked()) continue
    yield withheld
    return
  }
}

export function createGuard({ guardrails, moderator, logger = silentLogger }: GuardParts): Guard {
  const chain = chainOf(guardrails)
  const findings = createFindings()
  const judge: Judge = { guardrails, findings, moderator, logger }
  const tellOf = (stage: StageName) => (finding: Finding) =>
    findings.count(stage, guardrails[finding.rule.guardrail]!, finding.kind)

  function refuse(at: number, kind: Finding['kind']): never {
    throw contentRejected({ guardrail: guardrails[at]!, at, kind, findings: findings.list() })
  }

  function screen(request: LanguageRequest): LanguageRequest {
    const { rules } = chain.input
    if (rules.length === 0) return request
    const result = screenRequest(request, { rules, tell: tellOf('input') })
    if (result.blocked) refuse(result.blocked.rule.guardrail, result.blocked.kind)
    return result.request
  }

  async function examine(request: LanguageRequest, { signal }: { signal: AbortSignal }): Promise<void> {
    const texts = moderatedTexts(request)
    for (const rule of chain.input.moderation) {
      const harmful = await isHarmful(rule, { texts, stage: 'input', signal }, judge)
      if (harmful && rule.action === 'block') refuse(rule.guardrail, 'moderation')
    }
  }

  function filter(events: AsyncIterable<LanguageEvent>): AsyncIterable<LanguageEvent> {
    // An attempt that failed before this one passed nothing on.
    findings.forget('output')
    const { rules, moderation } = chain.output
    let passing = rules.length > 0 ? screened(events, chain.output, tellOf('output')) : events
    for (const rule of moderation) {
      const harmful = (text: string) => isHarmful(rule, { texts: [text], stage: 'output' }, judge)
      passing =
        rule.action === 'block'
          ? judgedPieces(passing, async (text) => !(await harmful(text)))
          : lookedAt(passing, async (text) => void (await harmful(text)))
    }
    return passing
  }

  const looksAtAnswer = chain.output.rules.length > 0 || chain.output.moderation.length > 0
  return {
    translates: looksAtAnswer,
    screen,
    ...(chain.input.moderation.length > 0 && { examine }),
    ...(looksAtAnswer && { filter }),
    findings: () => findings.list(),
  }
}
