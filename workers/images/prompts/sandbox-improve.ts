// Where no language model is configured: words that photographers and painters would add, by rule. It understands nothing, says
// so by its name, and costs nothing.
export const SANDBOX_WRITER = 'riwaq/sandbox-prompts'

const details = {
  en: {
    light: ['soft morning light', 'warm evening light', 'bright, even daylight', 'light from one side'],
    view: ['seen at eye level', 'seen from slightly above', 'a wide view', 'a close view'],
    care: ['balanced composition, clear subject, fine detail', 'calm background, rich texture, clear subject'],
  },
  ar: {
    light: ['ضوء صباحي ناعم', 'ضوء مسائي دافئ', 'ضوء نهار ساطع متوازن', 'إضاءة جانبية'],
    view: ['من مستوى العين', 'من زاوية مرتفعة قليلًا', 'مشهد واسع', 'مشهد قريب'],
    care: ['تكوين متوازن، موضوع واضح، تفاصيل دقيقة', 'خلفية هادئة، ملمس غني، موضوع واضح'],
  },
} as const

/** The same prompt is given the same words. */
function numberOf(text: string): number {
  let number = 2_166_136_261
  for (const letter of text) number = Math.imul(number ^ letter.codePointAt(0)!, 16_777_619) >>> 0
  return number
}

export function sandboxImprove({ prompt, arabic }: { prompt: string; arabic: boolean }): string {
  const { light, view, care } = details[arabic ? 'ar' : 'en']
  const number = numberOf(prompt)
  const chosen = [light[number % 4], view[(number >>> 4) % 4], care[(number >>> 8) % 2]]
  return [prompt.trim().replace(/[\s.,،]+$/u, ''), ...chosen].join(arabic ? '، ' : ', ')
}
