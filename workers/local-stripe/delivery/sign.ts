const toHex = (bytes: ArrayBuffer) =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')

/** The header that says who wrote a webhook and when, as Stripe forms it. */
export async function signatureOf({
  payload,
  secret,
  seconds,
}: {
  payload: string
  secret: string
  seconds: number
}): Promise<string> {
  const encoder = new TextEncoder()
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ])
  const signature = await crypto.subtle.sign('HMAC', key, encoder.encode(`${seconds}.${payload}`))
  return `t=${seconds},v1=${toHex(signature)}`
}
