// The borders of the house. Breaking one needs an entry in DECISIONS.md first.
const services = ['gateway', 'auth', 'billing', 'chat', 'webhooks', 'vault', 'images', 'library']

module.exports = {
  forbidden: [
    ...services.map((name) => ({
      name: `island-${name}`,
      comment: 'A service never imports another service; what two need is in workers/shared.',
      severity: 'error',
      from: { path: `^workers/${name}/` },
      to: { path: '^workers/(?!shared/)', pathNot: [`^workers/${name}/`, '^workers/local-stripe/'] },
    })),
    {
      name: 'stand-ins-are-for-tests',
      comment: 'The stand-in for Stripe is never deployed: what is, knows nothing of it.',
      severity: 'error',
      from: {
        path: '^(workers|durable-objects|site)/',
        pathNot: '^workers/local-stripe/|\\.test\\.tsx?$|/(testing|paying)\\.ts$',
      },
      to: { path: '^workers/local-stripe/' },
    },
    {
      name: 'shared-imports-no-service',
      severity: 'error',
      from: { path: '^workers/shared/' },
      to: { path: '^(workers/(?!shared/)|durable-objects/|site/)' },
    },
    ...['auth', 'billing', 'chat', 'webhooks', 'vault', 'images', 'library'].map((owner) => ({
      name: `tables-of-${owner}`,
      comment: 'Each table has one owner; others ask it.',
      severity: 'error',
      from: { path: '^(workers|durable-objects|site)/', pathNot: `^workers/${owner}/` },
      to: { path: `^db/schema/${owner}\\.ts$` },
    })),
    {
      name: 'objects-are-leaves',
      comment: 'Durable objects call no Worker and know no provider.',
      severity: 'error',
      from: { path: '^durable-objects/' },
      to: { path: '^(workers/(?!shared/)|workers/shared/providers/|site/)' },
    },
    {
      name: 'vendors-are-strangers',
      severity: 'error',
      from: { path: '^workers/shared/providers/([^/]+)/' },
      to: { path: '^workers/shared/providers/[^/]+/', pathNot: '^workers/shared/providers/($1|spec|kit)/' },
    },
    {
      name: 'contracts-are-pure',
      comment: 'Contracts know zod, each other and the small pure library.',
      severity: 'error',
      from: { path: '^workers/shared/contracts/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(workers/|db/|durable-objects/|site/)', pathNot: '^workers/shared/(contracts|lib)/' },
    },
    {
      name: 'better-auth-stays-home',
      severity: 'error',
      from: { pathNot: '^workers/auth/' },
      to: { path: 'node_modules/better-auth' },
    },
    {
      name: 'openai-stays-home',
      severity: 'error',
      from: { pathNot: '^(workers/shared/providers/(openai|compatible)/|test/|.*\\.test\\.ts$)' },
      to: { path: 'node_modules/openai/' },
    },
    {
      name: 'anthropic-stays-home',
      severity: 'error',
      from: { pathNot: '^(workers/shared/providers/anthropic/|test/|.*\\.test\\.ts$)' },
      to: { path: 'node_modules/@anthropic-ai/' },
    },
    {
      name: 'partyserver-stays-home',
      severity: 'error',
      from: { pathNot: '^(durable-objects|workers/gateway)/' },
      to: { path: 'node_modules/partyserver/' },
    },
    {
      name: 'site-speaks-http',
      severity: 'error',
      from: { path: '^site/' },
      to: { path: '^(workers/(?!shared/(contracts|lib|openapi|http/problems|providers/spec))|durable-objects/|db/)' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
}
