import type { Passage } from './passage.ts'

export const operatorPassages: Passage[] = [
  {
    page: 'deploy',
    en: {
      title: 'Deploying to Cloudflare',
      text: '`npm run deploy` creates every resource in your Cloudflare account (database, storage, queues), applies the migrations and releases the Workers in their order; add -- --dry-run to see what it would do. Secrets are set once and each lives in the one Worker that needs it.',
      keywords: 'deploy deployment cloudflare workers production publish release d1 r2 host install server',
    },
    ar: {
      title: 'النشر على Cloudflare',
      text: 'ينشئ الأمر `npm run deploy` كل ما يلزم في حسابك على Cloudflare (قاعدة بيانات وتخزينًا وطوابير) ويطبّق الترحيلات وينشر الـWorkers بترتيبها، وأضف ‎-- --dry-run‎ لترى ما سيفعله. وتُضبط الأسرار مرة واحدة ويسكن كلٌّ منها في الـWorker الوحيد الذي يحتاجه.',
      keywords: 'نشر استضافة كلاودفلير إنتاج إطلاق خادم تثبيت على السحابة',
    },
  },
  {
    page: 'start',
    en: {
      title: 'Running it on your machine',
      text: 'On a clone with Node 20 or newer, `npm start` installs what is missing, builds the site, prepares the database and prints the address, by default http://localhost:8787. PORT and `DATA_DIR` change where it listens and keeps its state, so two copies can run side by side. No account, key or network is needed after the install.',
      keywords: 'npm start run local locally machine laptop install port data_dir localhost node clone development',
    },
    ar: {
      title: 'تشغيله على جهازك',
      text: 'على نسخة من المستودع مع Node 20 أو أحدث، يثبّت الأمر `npm start` ما ينقص ويبني الموقع ويجهّز قاعدة البيانات ويطبع العنوان، وهو في الأصل http://localhost:8787. ويغيّر PORT وDATA_DIR المنفذ ومكان البيانات فتعمل نسختان جنبًا إلى جنب. ولا حاجة بعد التثبيت إلى حساب أو مفتاح أو شبكة.',
      keywords: 'تشغيل محلي جهازي حاسوبي تثبيت منفذ npm start تطوير لوكال',
    },
  },
  {
    page: 'local-models',
    en: {
      title: 'Connecting Ollama or another local server',
      text: 'Set `COMPATIBLE_BASE_URL=http://localhost:11434/v1` and list your models with their prices in `COMPATIBLE_MODELS`, for example `[{"id":"qwen3","input":0.4,"output":1.2,"cached_input":0.1,"context":32768,"max_output":8192}]`, in US dollars per million tokens; 0 is a price too. The same works for vLLM, LM Studio and OpenRouter, with `COMPATIBLE_API_KEY` where a key is wanted. The model is then compatible/qwen3.',
      keywords:
        'ollama vllm lm studio openrouter local model own server self hosted connect compatible_base_url compatible_models llama qwen',
    },
    ar: {
      title: 'وصل Ollama أو خادم محلي آخر',
      text: 'اضبط `COMPATIBLE_BASE_URL=http://localhost:11434/v1` واذكر نماذجك بأسعارها في `COMPATIBLE_MODELS`، مثل `[{"id":"qwen3","input":0.4,"output":1.2,"cached_input":0.1,"context":32768,"max_output":8192}]` بالدولار للمليون رمز، والصفر سعر أيضًا. ويصلح هذا مع vLLM وLM Studio وOpenRouter، ومعه `COMPATIBLE_API_KEY` إن لزم مفتاح. ويصير النموذج compatible/qwen3.',
      keywords: 'أصل أوصل أربط أولاما نموذج محلي خادم خاص وصل ربط توصيل ollama vllm محلية',
    },
  },
  {
    page: 'models',
    en: {
      title: 'Adding a vendor’s key',
      text: 'Put `OPENAI_API_KEY`, `ANTHROPIC_API_KEY`, `GEMINI_API_KEY`, `GROQ_API_KEY`, `DEEPSEEK_API_KEY`, `MISTRAL_API_KEY` or `XAI_API_KEY` into `.dev.vars` (or the environment, which wins) and restart: that vendor’s models appear, before the sandbox. On Cloudflare the AI binding adds Workers AI without a key.',
      keywords:
        'vendor key configure add real model provider openai_api_key anthropic_api_key gemini_api_key environment dev.vars workers ai enable',
    },
    ar: {
      title: 'إضافة مفتاح مزوّد',
      text: 'ضع `OPENAI_API_KEY` أو `ANTHROPIC_API_KEY` أو `GEMINI_API_KEY` أو `GROQ_API_KEY` أو `DEEPSEEK_API_KEY` أو `MISTRAL_API_KEY` أو `XAI_API_KEY` في الملف `.dev.vars` (أو في بيئة التشغيل، وهي الغالبة) وأعد التشغيل، فتظهر نماذج ذلك المزوّد قبل البيئة التجريبية. وعلى Cloudflare يضيف الرابط AI نماذج Workers AI بلا مفتاح.',
      keywords: 'مفتاح مزود إعداد إضافة نموذج حقيقي تفعيل بيئة متغيرات كيف أستعمل',
    },
  },
  {
    page: 'settings',
    en: {
      title: 'The operator’s settings',
      text: 'Settings come from `.dev.vars` and from the environment, which wins. `ADMIN_EMAILS` names the platform’s administrators, `SIGNUP_CREDIT_MICROS` the credit of a new organization, `PUBLIC_URL` the address in mails and links, and `SANDBOX=off` hides the sandbox. The file `.dev.vars.example` explains each one.',
      keywords:
        'operator settings environment variables configuration dev.vars admin_emails signup_credit_micros public_url administrators env',
    },
    ar: {
      title: 'إعدادات المشغّل',
      text: 'تُقرأ الإعدادات من الملف `.dev.vars` ومن بيئة التشغيل، وهي الغالبة. يسمّي `ADMIN_EMAILS` مديري المنصة، ويحدد `SIGNUP_CREDIT_MICROS` رصيد المؤسسة الجديدة، وPUBLIC_URL العنوان في الرسائل والروابط، ويخفي `SANDBOX=off` البيئة التجريبية. ويشرح الملف `.dev.vars.example` كلًّا منها.',
      keywords: 'مشغل إعدادات متغيرات البيئة ضبط تهيئة مدير المنصة رصيد البداية',
    },
  },
  {
    page: 'architecture',
    en: {
      title: 'How it is built',
      text: 'A gateway receives everything and sends it to small services: auth, billing and chat. Balances, limits and conversations live in Durable Objects, where they are exact and ordered; D1 holds what is looked up and reported, and Queues carry the ledger’s entries to the book. A service that fails takes down its own paths alone.',
      keywords:
        'architecture technology built stack gateway workers durable objects d1 queues how does it work design code open source',
    },
    ar: {
      title: 'كيف بُني',
      text: 'تستقبل البوابة كل شيء وتوزّعه على خدمات صغيرة: الحسابات والمحاسبة والمحادثة. وتسكن الأرصدة والحدود والمحادثات في Durable Objects حيث تكون دقيقة ومرتبة، وفي D1 ما يُبحث عنه ويُنشر في التقارير، وتحمل الطوابير قيود الحساب إلى الدفتر. والخدمة التي تتعطل لا تُسقط غير مساراتها.',
      keywords: 'بنية معمارية تقنية كيف يعمل بوابة خدمات مصدر مفتوح برمجة تصميم',
    },
  },
]
