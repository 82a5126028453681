// Pictures: OpenAI's three calls, the dashboard's jobs, and what vendors say.
import { z } from 'zod'
import {
  ImageEditRequest,
  ImageEstimate,
  ImageGenerationRequest,
  ImageJobInput,
  ImageModelInfo,
  ImagesResponse,
  ImageStyle,
  ImageVariationRequest,
  PromptAnswer,
  PromptRequest,
} from '../../contracts/images.ts'
import { DeadLetter, DeadLetterPage, Job, JobPage, jobStates } from '../../contracts/jobs.ts'
import { pageOf } from '../../contracts/page.ts'
import type { ProblemCode } from '../../http/problems.ts'
import { idempotencyKey, pageParameters, pathId, text, type Answer, type Route } from '../route.ts'
import { metered } from './language.ts'

const images = { tag: 'images', access: 'key' } as const
const jobId = pathId('id', 'The job.')
const oneJob: Answer = { status: 200, description: 'The job.', schema: Job }
const newJob: Answer = {
  status: 202,
  description: 'The job; it is told of on GET /api/feed as it comes on.',
  schema: Job,
}

/** What can be wrong with a picture that is sent. */
const pictures: ProblemCode[] = [
  'image_unsupported',
  'image_damaged',
  'image_too_large',
  'image_animated',
  'unsupported_media_type',
]

/** What can be wrong with one that a provider made. */
const made: ProblemCode[] = [
  'provider_no_image',
  'provider_wrong_count',
  'provider_bad_image',
  'provider_image_lost',
  'job_cancelled',
  'job_expired',
]

const headers = {
  'x-request-id': 'Names the request, and its charge in GET /api/usage/entries.',
  'x-riwaq-job-id': 'The job that made the pictures.',
  'x-riwaq-cost-micros': 'What they cost together, in millionths of a US dollar. A stream’s cost is in its entry.',
  'x-riwaq-provider': 'The vendor that answered.',
  'x-riwaq-model': 'The full id of the model that answered.',
  'x-riwaq-warnings': 'Parameters that had no effect, and why.',
  'x-riwaq-idempotent-replay': '`true` where these pictures were given before and are not charged again.',
}

const file = z.string().meta({ format: 'binary' })

const answers = (family: string): Answer[] => [
  { status: 200, description: 'The pictures.', schema: ImagesResponse, headers },
  {
    status: 200,
    description: `With \`stream: true\`: events \`${family}.partial_image\` and \`${family}.completed\`.`,
    contentType: 'text/event-stream',
  },
]

const apiRoutes: Route[] = [
  {
    ...images,
    method: 'post',
    path: '/v1/images/generations',
    id: 'createImages',
    summary: 'Pictures from words, in OpenAI’s shape',
    description:
      'Every model that makes pictures can be called, whoever made it. A caller who leaves does not stop what a vendor was asked for: it is finished, kept and charged, and the same Idempotency-Key gives it.',
    parameters: [idempotencyKey],
    request: {
      schema: ImageGenerationRequest,
      example: { model: 'riwaq/sandbox-image', prompt: 'قطة تنام على سجادة حمراء', size: '1024x1024' },
    },
    answers: answers('image_generation'),
    problems: [...metered, ...made],
    errors: 'openai',
  },
  {
    ...images,
    method: 'post',
    path: '/v1/images/edits',
    id: 'editImages',
    summary: 'A picture changed by words, in OpenAI’s shape',
    description:
      'One or several pictures as files `image` or `image[]`, and a `mask` that is transparent where the first of them may change. JSON with data URLs is taken as well. Files are known by their content, never by their name.',
    parameters: [idempotencyKey],
    request: {
      contentType: 'multipart/form-data',
      schema: ImageEditRequest.extend({ image: file, mask: file.optional() }),
    },
    answers: answers('image_edit'),
    problems: [...metered, ...pictures, ...made],
    errors: 'openai',
  },
  {
    ...images,
    method: 'post',
    path: '/v1/images/variations',
    id: 'varyImage',
    summary: 'Variations of a picture, in OpenAI’s shape',
    parameters: [idempotencyKey],
    request: { contentType: 'multipart/form-data', schema: ImageVariationRequest.extend({ image: file }) },
    answers: [{ status: 200, description: 'The pictures.', schema: ImagesResponse, headers }],
    problems: [...metered, ...pictures, ...made],
    errors: 'openai',
  },
]

const jobRoutes: Route[] = [
  {
    ...images,
    method: 'post',
    path: '/api/images/jobs',
    id: 'createImageJob',
    summary: 'Have pictures made in the background',
    description: 'Its highest price is held while it runs, and freed where it does not succeed.',
    parameters: [idempotencyKey],
    request: {
      schema: ImageJobInput,
      example: { operation: 'generate', model: 'riwaq/sandbox-image', prompt: 'a lighthouse at dusk', count: 2 },
    },
    answers: [newJob],
    problems: [...metered, ...pictures, 'storage_exhausted', 'not_found'],
  },
  {
    ...images,
    method: 'get',
    path: '/api/images/jobs',
    id: 'listImageJobs',
    summary: 'Your jobs, newest first',
    parameters: [
      ...pageParameters,
      { name: 'state', in: 'query', description: `Of: ${jobStates.join(', ')}. Several by commas.`, schema: text },
    ],
    answers: [{ status: 200, description: 'A page.', schema: JobPage }],
    problems: ['invalid_cursor'],
  },
  {
    ...images,
    method: 'get',
    path: '/api/images/jobs/{id}',
    id: 'getImageJob',
    summary: 'One job',
    parameters: [jobId],
    answers: [oneJob],
    problems: ['not_found'],
  },
  {
    ...images,
    method: 'post',
    path: '/api/images/jobs/{id}/cancel',
    id: 'cancelImageJob',
    summary: 'Cancel a job',
    description: 'Once this answers the held money is free. What was made and kept already is charged and stays.',
    parameters: [jobId],
    answers: [oneJob],
    problems: ['not_found'],
  },
  {
    ...images,
    method: 'post',
    path: '/api/images/jobs/{id}/retry',
    id: 'retryImageJob',
    summary: 'Ask again for what did not succeed',
    description: 'A new job in the same words; once, however often it is asked for.',
    parameters: [jobId],
    answers: [newJob],
    problems: [...metered, 'storage_exhausted', 'not_found'],
  },
]

const helpRoutes: Route[] = [
  {
    ...images,
    method: 'post',
    path: '/api/images/estimates',
    id: 'estimateImages',
    summary: 'What pictures would cost',
    description: 'Costs nothing and holds nothing.',
    request: {
      schema: ImageJobInput,
      example: { operation: 'generate', model: 'riwaq/sandbox-image', prompt: 'a lighthouse at dusk', count: 4 },
    },
    answers: [{ status: 200, description: 'The price.', schema: ImageEstimate }],
    problems: [
      'unsupported_parameter',
      'content_rejected',
      'context_length_exceeded',
      'model_not_found',
      'model_not_priced',
      'model_not_allowed',
      'not_found',
      ...pictures,
    ],
  },
  {
    ...images,
    method: 'get',
    path: '/api/images/models',
    id: 'listImageModels',
    summary: 'The models that make pictures, and what each can',
    answers: [{ status: 200, description: 'All of them.', schema: pageOf(ImageModelInfo) }],
  },
  {
    ...images,
    method: 'get',
    path: '/api/images/styles',
    id: 'listImageStyles',
    summary: 'Styles, in both languages',
    answers: [{ status: 200, description: 'All of them.', schema: pageOf(ImageStyle) }],
  },
  {
    ...images,
    method: 'post',
    path: '/api/images/prompts',
    id: 'writeImagePrompt',
    summary: 'A better prompt, or the same in English',
    description: 'Written by a language model and metered like any answer. It is proposed, never used by itself.',
    request: { schema: PromptRequest, example: { prompt: 'قطة', goal: 'improve' } },
    answers: [{ status: 200, description: 'The proposal.', schema: PromptAnswer }],
    problems: metered.filter((code) => !code.startsWith('idempotency')),
  },
]

const vendorRoutes: Route[] = ['fal', 'replicate'].map((vendor) => ({
  tag: 'images',
  access: 'anyone',
  method: 'post',
  path: `/webhooks/images/${vendor}/{jobId}`,
  id: `receive${vendor === 'fal' ? 'Fal' : 'Replicate'}Webhook`,
  summary: `Where ${vendor === 'fal' ? 'fal' : 'Replicate'} says that a job has come on`,
  description:
    'Signed by the vendor. It wakes the job; the vendor is then asked, and nothing that is sent here is believed.',
  parameters: [pathId('jobId', 'The job.')],
  answers: [{ status: 204, description: 'Heard.' }],
  problems: ['unauthenticated', 'not_found'],
}))

export const imageRoutes: Route[] = [...apiRoutes, ...jobRoutes, ...helpRoutes, ...vendorRoutes]

export const imageOperatorRoutes: Route[] = [
  {
    tag: 'operators',
    access: 'session',
    method: 'get',
    path: '/api/images/dead-letters',
    id: 'listImageDeadLetters',
    summary: 'Jobs for pictures whose retries ran out',
    description: 'Whose they are and what went wrong; none of their words.',
    parameters: pageParameters,
    answers: [{ status: 200, description: 'A page.', schema: DeadLetterPage }],
    problems: ['invalid_cursor'],
  },
  {
    tag: 'operators',
    access: 'session',
    method: 'post',
    path: '/api/images/dead-letters/{id}/retry',
    id: 'retryImageDeadLetter',
    summary: 'Have such a job done again',
    description: 'A new job, paid for by whoever had asked first.',
    parameters: [jobId],
    answers: [{ status: 202, description: 'The new job.', schema: DeadLetter }],
    problems: ['not_found', 'conflict', ...metered.filter((code) => code !== 'conflict')],
  },
]
