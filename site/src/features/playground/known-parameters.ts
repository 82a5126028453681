// The parameters that the official packages have names for. Others are handed to them beside these: Python’s would
// refuse a name that they do not know, TypeScript’s would not compile. (Anthropic’s have given up `temperature`, `top_p`
// and `top_k`; the models of other vendors have not.)
import type { Api } from './draft.ts'

const known: Record<Api, string> = {
  chat: `messages model frequency_penalty function_call functions logit_bias logprobs max_completion_tokens max_tokens
    metadata modalities n parallel_tool_calls presence_penalty prompt_cache_key reasoning_effort response_format
    safety_identifier seed service_tier stop store stream stream_options temperature tool_choice tools top_logprobs
    top_p user verbosity`,
  responses: `input instructions max_output_tokens include metadata model parallel_tool_calls previous_response_id
    prompt_cache_key reasoning safety_identifier service_tier store stream stream_options temperature text
    tool_choice tools top_logprobs top_p truncation user`,
  messages: `max_tokens messages model metadata output_config service_tier stop_sequences stream system
    thinking tool_choice tools`,
  embeddings: 'input model dimensions encoding_format user',
  moderations: 'input model',
}

const sets = Object.fromEntries(Object.entries(known).map(([api, names]) => [api, new Set(names.split(/\s+/))]))

export const isKnownParameter = (api: Api, name: string): boolean => sets[api]?.has(name) ?? false
