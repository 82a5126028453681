import { expect, test } from 'vitest'
import { invoicePdf } from './invoice-pdf.ts'
import { pdfOf } from './pdf.ts'
import { startAccount } from './test-account.ts'

const text = (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')

/** Where the table says an object begins, it begins. */
function checkTable(file: string): number {
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(file)?.[1])
  const table = file.slice(start).split('\n')
  expect(table[0]).toBe('xref')
  const places = table.slice(3).filter((line) => /^\d{10} 00000 n $/.test(line))
  places.forEach((line, index) => {
    expect(file.slice(Number(line.slice(0, 10)))).toMatch(new RegExp(`^${index + 1} 0 obj\\n`))
  })
  return places.length
}

test('an invoice can be printed', async () => {
  const { engine, subscribe } = await startAccount()
  await subscribe({ automatic_tax: { enabled: true } })
  const [invoice] = engine.store.list('invoice')
  const file = text(invoicePdf(invoice ?? engine.need('invoice', '')))
  expect(file.startsWith('%PDF-1.4\n')).toBe(true)
  expect(file).toContain(`(Invoice number: ${invoice?.number})`)
  expect(file).toContain('($23.00)')
  expect(file).toContain(String.raw`\(at $20.00 / month\)`)
  expect(checkTable(file)).toBe(6)
})

test('long invoices have more pages, and letters that the font lacks do not break it', () => {
  const file = text(pdfOf(Array.from({ length: 100 }, () => [{ text: 'رواق (x)', x: 50 }])))
  expect(file).toContain('/Count 3')
  expect(file).toContain(String.raw`(???? \(x\))`)
  expect(checkTable(file)).toBe(10)
})
