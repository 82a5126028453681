const encoder = new TextEncoder()

export const toBytes = (text: string): Uint8Array => encoder.encode(text)

export const dataEvent = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`

export const namedEvent = (name: string, value: unknown): string => `event: ${name}\ndata: ${JSON.stringify(value)}\n\n`
