import type { Locale } from '../../i18n/locales.ts'
import { translator } from '../../i18n/translate.ts'

const openai = `import OpenAI from 'openai'

const client = new OpenAI({
  baseURL: 'https://your-riwaq.example/v1',
  apiKey: process.env.RIWAQ_API_KEY,
})

const stream = await client.chat.completions.create({
  model: 'anthropic/claude-sonnet-5-5',
  messages: [{ role: 'user', content: 'ما الرواق؟' }],
  stream: true,
})`

const anthropic = `import anthropic, os

client = anthropic.Anthropic(
    base_url="https://your-riwaq.example",
    api_key=os.environ["RIWAQ_API_KEY"],
)

message = client.messages.create(
    model="openai/gpt-6.1-terra",
    max_tokens=500,
    messages=[{"role": "user", "content": "What is a riwaq?"}],
)`

export function CodeSamples({ locale }: { locale: Locale }) {
  const t = translator(locale)
  return (
    <div class="samples">
      <CodeSample title={t('landing.code-openai')} code={openai} />
      <CodeSample title={t('landing.code-anthropic')} code={anthropic} />
    </div>
  )
}

function CodeSample({ title, code }: { title: string; code: string }) {
  return (
    <figure class="code-sample">
      <figcaption>{title}</figcaption>
      <pre tabIndex={0} aria-label={title} role="region">
        <code>{code}</code>
      </pre>
    </figure>
  )
}
