/** Vendors as they write themselves; any other by its id. */
const names: Record<string, string> = {
  openai: 'OpenAI',
  anthropic: 'Anthropic',
  google: 'Google',
  mistral: 'Mistral',
  deepseek: 'DeepSeek',
  xai: 'xAI',
  groq: 'Groq',
  'workers-ai': 'Workers AI',
  replicate: 'Replicate',
  fal: 'fal',
  riwaq: 'Riwaq',
}

export const vendorName = (vendor: string): string => names[vendor] ?? vendor
