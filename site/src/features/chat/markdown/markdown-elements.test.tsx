import fc from 'fast-check'
import { h } from 'preact'
import { render } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import type { Direction } from '../direction/block-direction.ts'
import { Markdown } from './markdown.tsx'
import { PlainText } from './plain-text.tsx'

const html = (
  text: string,
  { fallback = 'ltr', forced = null }: { fallback?: Direction; forced?: Direction | null } = {},
) => render(h(Markdown, { text, growing: false, fallback, forced }))

const typed = (text: string) => render(h(PlainText, { text, fallback: 'ltr', forced: null }))

test.each([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[x](javascript:alert(1))',
  '[x](  JaVaScRiPt&colon;alert(1))',
  '![x](data:text/html,<script>alert(1)</script>)',
  '<a href="javascript:alert(1)">x</a>',
  '<svg/onload=alert(1)>',
  '```html\n</code></pre><script>alert(1)</script>\n```',
  '[x](https://a.b "onmouseover=alert(1)")',
  '| <script>alert(1)</script> |\n|---|\n| <iframe src=//evil> |',
])('what a model writes is never read as HTML: %s', (text) => {
  for (const drawn of [html(text), typed(text)]) {
    const elements = drawn.replace(/<svg class="icon"[\s\S]*?<\/svg>/g, '')
    expect(elements).not.toMatch(/<(?:script|img|svg|iframe|style|object|form)\b/i)
    expect(drawn).not.toMatch(/<[^>]+\son\w+=/i)
    expect(drawn).not.toMatch(/(?:href|src)="\s*(?:javascript|data|vbscript):/i)
  }
})

test('whatever is written, only known elements come of it', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom('<b>', '</div>', '[a](', ')', '![', '`', '|', '\n', '**', '<', '&lt;', 'https://'),
  )
  const known =
    /^(?:div|p|h[2-6]|ul|ol|li|a|strong|em|del|code|pre|br|hr|blockquote|table|thead|tbody|tr|th|td|figure|figcaption|span|button|svg|path|input|bdi)$/
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const elements = [...html(pieces.join('')).matchAll(/<([a-z][\w-]*)/gi)].map((match) => match[1]!)
      return elements.every((name) => known.test(name))
    }),
    { numRuns: 300 },
  )
})

test('links leave in a page of their own and say nothing of where they come from; those of this site stay', () => {
  expect(html('[a](https://a.b/c)')).toContain(
    'href="https://a.b/c" target="_blank" rel="noopener noreferrer nofollow"',
  )
  expect(html('[docs](/en/docs)')).toContain('<a href="/en/docs">docs</a>')
})

test('a picture from elsewhere is a link, not a request', () => {
  const drawn = html('![A cat](https://a.b/cat.png)')
  expect(drawn).not.toContain('<img')
  expect(drawn).toMatch(/<a[^>]+href="https:\/\/a\.b\/cat\.png"[^>]*>A cat<\/a>/)
})

test('each block has its own direction', () => {
  const drawn = html('React هي مكتبة.\n\nThis is English.\n\n> اقتباس\n\n## Title العنوان الطويل')
  expect(drawn).toContain('<p dir="rtl">')
  expect(drawn).toContain('<p dir="ltr">This is English.</p>')
  expect(drawn).toContain('<blockquote dir="rtl">')
  expect(drawn).toMatch(/<h2 dir="rtl"/)
})

test('code is read from the left; Arabic prose in a fence without a language from the right', () => {
  expect(html('```js\nconst x = "مرحبا بالعالم"\n```')).toContain('<pre dir="ltr"')
  expect(html('```\nهذا نص عربي\n```')).toContain('<pre dir="rtl"')
  expect(html('شغّل `npm run build` الآن')).toContain('<code dir="ltr">npm run build</code>')
})

test('addresses, paths and numbers to call stand apart within Arabic', () => {
  const drawn = html('افتح https://x.dev/a?b=1 ثم src/app/main.ts واتصل على +966 50 123 4567')
  expect(drawn).toContain('<bdi dir="ltr">https://x.dev/a?b=1</bdi>')
  expect(drawn).toContain('<bdi dir="ltr">src/app/main.ts</bdi>')
  expect(drawn).toContain('<bdi dir="ltr">+966 50 123 4567</bdi>')
})

test('a list has one side for its marks, also within it, whatever language an item is in', () => {
  const drawn = html('1. Install Node.js\n2. شغّل الأمر التالي في الطرفية ثم انتظر\n   - Second item\n   - Third')
  expect(drawn).toContain('<ol dir="rtl"')
  expect(drawn).toContain('<ul dir="rtl">')
  expect(drawn).toContain('<div dir="ltr" class="chat-item">Install Node.js</div>')
})

test('a table reads as most of its words do, and each cell as its own', () => {
  const drawn = html('| النموذج | Price |\n|---|---|\n| سريع ودقيق | 1,250.50$ |')
  expect(drawn).toMatch(/<div class="chat-table" dir="rtl"/)
  expect(drawn).toContain('<div dir="ltr" class="chat-cell">Price</div>')
})

test('where letters decide nothing, the conversation does; a reader’s choice decides everything but code', () => {
  expect(html('42', { fallback: 'rtl' })).toContain('<p dir="rtl">42</p>')
  const forced = html('English\n\n```js\n1\n```', { forced: 'rtl' })
  expect(forced).toContain('<p dir="rtl">English</p>')
  expect(forced).toContain('<pre dir="ltr"')
})

test('what a person typed is shown as it was typed', () => {
  const drawn = typed('# not a heading\n* not a list & &lt; <b>\nاستخدم `npm`')
  expect(drawn).toContain('<p dir="ltr"># not a heading</p>')
  expect(drawn).toContain('* not a list &amp; &amp;lt; &lt;b')
  expect(drawn).toContain('<p dir="rtl">استخدم <code dir="ltr">npm</code></p>')
})
