import { glob } from 'astro/loaders'
import { defineCollection } from 'astro:content'
import { z } from 'astro/zod'

// One page for each file; `also`: further addresses under which it is found.
const docs = defineCollection({
  loader: glob({ pattern: '*/*.md', base: '../docs' }),
  schema: z.object({
    title: z.string(),
    description: z.string(),
    order: z.number().int(),
    also: z.array(z.string()).default([]),
  }),
})

export const collections = { docs }
