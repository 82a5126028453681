// The source dictionary. Keys are flat, dotted and kebab-case; plurals end in i18next's forms.
export default {
  meta: { name: 'English', dir: 'ltr' as 'ltr' | 'rtl' },

  // app: what every page shares
  'app.name': 'Riwaq',
  'app.tagline': 'AI in Arabic and English, priced to the token.',
  'app.skip-to-content': 'Skip to content',
  'app.language': 'Language',
  'app.theme': 'Theme',
  'app.theme-system': 'As on this device',
  'app.theme-light': 'Light',
  'app.theme-dark': 'Dark',

  // ui: the shared pieces
  'ui.loading': 'Loading…',
  'ui.retry': 'Try again',
  'ui.cancel': 'Cancel',
  'ui.close': 'Close',
  'ui.save': 'Save',
  'ui.saved': 'Saved.',
  'ui.delete': 'Delete',
  'ui.confirm': 'Confirm',
  'ui.copy': 'Copy',
  'ui.copied': 'Copied',
  'ui.copy-failed': 'Copying failed. Select the text and copy it yourself.',
  'ui.load-more': 'Load more',
  'ui.optional': 'optional',
  'ui.required': 'Please fill this in.',
  'ui.not-a-number': 'Please enter a number.',
  'ui.dismiss': 'Dismiss',
  'ui.show-password': 'Show password',
  'ui.hide-password': 'Hide password',
  'ui.back': 'Back',
  'ui.continue': 'Continue',
  'ui.error-title': 'That did not work',
  'ui.error-code': 'Code',
  'ui.error-request': 'Request',
  'ui.none': 'None',
  'ui.type-to-confirm': 'Type {{text}} to confirm',

  // shell: what frames the signed-in pages
  'shell.main-navigation': 'Main',
  'shell.open-navigation': 'Open navigation',
  'shell.close-navigation': 'Close navigation',
  'shell.chat': 'Chat',
  'shell.usage': 'Usage',
  'shell.keys': 'API keys',
  'shell.members': 'Members',
  'shell.settings': 'Settings',
  'shell.admin': 'Admin',
  'shell.docs': 'Docs',
  'shell.prices': 'Prices',
  'shell.organization': 'Organization',
  'shell.switch-organization': 'Switch organization',
  'shell.personal': 'Personal',
  'shell.new-organization': 'New organization',
  'shell.account': 'Account',
  'shell.sign-out': 'Sign out',
  'shell.balance': 'Balance',
  'shell.balance-held': '{{amount}} held by requests in flight',
  'shell.balance-unknown': 'Balance unavailable',

  // role: what a member may be
  'role.owner': 'Owner',
  'role.admin': 'Admin',
  'role.member': 'Member',
  'role.billing': 'Billing',
  'role.viewer': 'Viewer',

  // problem: one sentence for every code that the platform answers with
  'problem.invalid_request': 'Something in this request is not right. Check what you entered and try again.',
  'problem.content_rejected': 'The model’s provider refused this content.',
  'problem.unsupported_parameter': 'This model cannot do one of the things that were asked of it.',
  'problem.context_length_exceeded': 'This is longer than the model can read. Shorten it or choose a model with a larger context.',
  'problem.invalid_cursor': 'This list has moved on. Load it again from the start.',
  'problem.invalid_api_key': 'This API key is unknown, revoked or expired.',
  'problem.unauthenticated': 'You are not signed in. Sign in and try again.',
  'problem.insufficient_credits': 'There is not enough credit left for this. Nothing was charged.',
  'problem.budget_exceeded': 'This would exceed a budget that was set for you, your key or your organization. Nothing was charged.',
  'problem.permission_denied': 'Your role does not allow this. An owner or admin of the organization can change that.',
  'problem.model_not_allowed': 'This key may not use that model.',
  'problem.origin_not_allowed': 'This website may not make that request.',
  'problem.not_found': 'This does not exist, or it is not yours to see.',
  'problem.model_not_found': 'There is no model of that name.',
  'problem.model_not_priced': 'This model has no price yet, so it cannot be used.',
  'problem.method_not_allowed': 'That cannot be done at this address.',
  'problem.conflict': 'This was changed by someone else in the meantime, or it already exists.',
  'problem.idempotency_mismatch': 'This idempotency key was used before with another request.',
  'problem.idempotency_in_progress': 'The first request with this idempotency key is still being answered.',
  'problem.payload_too_large': 'This is too large to send.',
  'problem.unsupported_media_type': 'This kind of content is not accepted here.',
  'problem.rate_limit_exceeded': 'That was too many requests in a short time. Wait a moment and try again.',
  'problem.credit_held': 'Your remaining credit is held by requests in flight. Try again when they are done.',
  'problem.budget_held': 'What is left of the budget is held by requests in flight. Try again when they are done.',
  'problem.client_closed_request': 'The connection was closed before the answer was complete.',
  'problem.internal_error': 'Something went wrong on our side. It has been recorded.',
  'problem.provider_error': 'The model’s provider failed to answer. Nothing was charged for what did not arrive.',
  'problem.provider_misconfigured': 'The connection to this model’s provider is not set up correctly. Tell the operator of this platform.',
  'problem.provider_overloaded': 'The model’s provider is overloaded. Try again in a moment or choose another model.',
  'problem.service_unavailable': 'A part of the platform cannot be reached right now. Nothing was charged; try again shortly.',
  'problem.provider_timeout': 'The model’s provider took too long to answer.',
  'problem.network': 'The platform cannot be reached. Check your connection and try again.',
  'problem.unknown': 'Something unexpected happened. Try again.',

  // chat

  // usage

  // keys

  // members

  // admin
}
