// How a picture was made, as the XMP packet that goes into its file. It says what Riwaq knows; nobody signed it, and
// anybody can write another.
import type { Provenance } from '#shared/contracts/library'
import { escapeXml, unescapeXml } from './xml-text.ts'

/** As it was read out of a file. What it says is a claim: anybody can write into a file. */
export interface WrittenProvenance {
  description: string | null
  creatorTool: string | null
  digitalSourceType: string | null
  /** Riwaq's own fields, by name. */
  fields: Record<string, string>
}

const namespaces = {
  dc: 'http://purl.org/dc/elements/1.1/',
  xmp: 'http://ns.adobe.com/xap/1.0/',
  Iptc4xmpExt: 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/',
  riwaq: 'urn:riwaq:provenance:1#',
} as const

/** IPTC's words for it. What began as another picture is not a model's alone. */
const sourceTypes = 'http://cv.iptc.org/newscodes/digitalsourcetype/'
const sourceTypeOf = ({ operation, parent_ids }: Provenance): string =>
  sourceTypes +
  (operation === 'generate' && parent_ids.length === 0
    ? 'trainedAlgorithmicMedia'
    : 'compositeWithTrainedAlgorithmicMedia')

const isArabic = (text: string) => /\p{Script=Arabic}/u.test(text)

function descriptions(provenance: Provenance): string {
  const { prompt, original_prompt: original } = provenance
  const main = prompt ?? original
  if (!main) return ''
  const arabic = [original, prompt].find((text) => text && isArabic(text))
  const line = (language: string, text: string) => `<rdf:li xml:lang="${language}">${escapeXml(text)}</rdf:li>`
  return `<dc:description><rdf:Alt>${line('x-default', main)}${arabic ? line('ar', arabic) : ''}</rdf:Alt></dc:description>`
}

const fieldsOf = (provenance: Provenance) => ({
  Service: provenance.service,
  Operation: provenance.operation,
  OriginalPrompt: provenance.original_prompt,
  NegativePrompt: provenance.negative_prompt,
  Model: provenance.model,
  Provider: provenance.provider,
  Parameters: JSON.stringify(provenance.parameters),
  Seed: provenance.seed,
  CostMicros: provenance.cost_micros,
  RequestId: provenance.request_id,
  MadeAt: new Date(provenance.made_at).toISOString(),
  ParentIds: provenance.parent_ids.join(' ') || null,
})

function packet(provenance: Provenance, shortened: boolean): string {
  const fields = Object.entries({ ...fieldsOf(provenance), Shortened: shortened ? 'true' : null })
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `<riwaq:${name}>${escapeXml(String(value))}</riwaq:${name}>`)
  const declared = Object.entries(namespaces).map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`)
  return [
    '<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    `<rdf:Description rdf:about="" ${declared.join(' ')}>`,
    descriptions(provenance),
    '<xmp:CreatorTool>Riwaq</xmp:CreatorTool>',
    `<xmp:CreateDate>${new Date(provenance.made_at).toISOString()}</xmp:CreateDate>`,
    `<Iptc4xmpExt:DigitalSourceType>${sourceTypeOf(provenance)}</Iptc4xmpExt:DigitalSourceType>`,
    ...fields,
    '</rdf:Description></rdf:RDF></x:xmpmeta>',
    '<?xpacket end="r"?>',
  ].join('\n')
}

const clip = (text: string | null, length: number) => text && Array.from(text).slice(0, length).join('')

const shorten = (provenance: Provenance, length: number): Provenance => ({
  ...provenance,
  prompt: clip(provenance.prompt, length),
  original_prompt: clip(provenance.original_prompt, length),
  negative_prompt: clip(provenance.negative_prompt, length),
  parameters: JSON.stringify(provenance.parameters).length > length ? {} : provenance.parameters,
})

const lengths = [6_000, 2_000, 500]
const encoder = new TextEncoder()

/** Where a format has room for so many bytes only, long texts are cut, and it says so. */
export function buildXmp(provenance: Provenance, maxBytes = Number.POSITIVE_INFINITY): Uint8Array {
  let bytes = encoder.encode(packet(provenance, false))
  for (const length of lengths) {
    if (bytes.length <= maxBytes) break
    bytes = encoder.encode(packet(shorten(provenance, length), true))
  }
  return bytes
}

const MAX_PACKET_BYTES = 1_048_576

/** Reads what `buildXmp` wrote. Of other programs' packets only what is written the same way. */
export function parseXmp(bytes: Uint8Array): WrittenProvenance | null {
  if (bytes.length > MAX_PACKET_BYTES) return null
  const text = new TextDecoder().decode(bytes)
  if (!text.includes('<x:xmpmeta')) return null
  const element = (name: string) => {
    const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1]
    return found === undefined ? null : unescapeXml(found)
  }
  const description = /<rdf:li xml:lang="x-default">([^<]*)<\/rdf:li>/.exec(text)?.[1]
  const fields = Array.from(text.matchAll(/<riwaq:(\w+)>([^<]*)<\/riwaq:\w+>/g), ([, name = '', value = '']) => [
    name,
    unescapeXml(value),
  ])
  return {
    description: description === undefined ? null : unescapeXml(description),
    creatorTool: element('xmp:CreatorTool'),
    digitalSourceType: element('Iptc4xmpExt:DigitalSourceType'),
    fields: Object.fromEntries(fields),
  }
}
