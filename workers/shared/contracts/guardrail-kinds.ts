// What guardrails can be told to look for.
export const personalDataKinds = ['email', 'phone', 'card', 'iban', 'national-id', 'ip-address'] as const
export const secretKinds = ['api-key', 'private-key', 'token', 'password'] as const
