import type { Passage } from './passage.ts'

export const developerPassages: Passage[] = [
  {
    page: 'keys',
    en: {
      title: 'API keys',
      text: 'Make a key on the API keys page. It begins with `rq_` and is shown once; only its hash is kept, so copy it at once. A key can have scopes, a list of models, an expiry date, a limit per minute and a budget of its own. Revoke it and it stops working with the very next request.',
      keywords: 'api key keys create make token secret revoke delete expire scope rq_ authorization bearer',
    },
    ar: {
      title: 'مفاتيح API',
      text: 'أنشئ مفتاحًا من صفحة مفاتيح API. يبدأ بـ `rq_` ويظهر مرة واحدة، ولا نحفظ منه إلا بصمته، فانسخه فورًا. ويمكن أن تكون للمفتاح صلاحيات وقائمة نماذج وتاريخ انتهاء وحدّ في الدقيقة وميزانية خاصة. وإذا ألغيته توقف مع أول طلب تالٍ.',
      keywords: 'مفتاح مفاتيح إنشاء توكن سر إلغاء حذف انتهاء صلاحية صلاحيات api',
    },
  },
  {
    page: 'api',
    en: {
      title: 'Using the OpenAI SDK',
      text: 'Point the official SDK at this platform: `new OpenAI({ baseURL: "<this address>/v1", apiKey: "rq_…" })` in JavaScript, or `OpenAI(base_url=…, api_key=…)` in Python. `POST /v1/chat/completions` reaches every model, whoever made it, streaming or not, with tools, images and JSON where the model has them.',
      keywords:
        'openai sdk library python javascript node base url baseurl chat completions endpoint integrate code example curl',
    },
    ar: {
      title: 'استعمال مكتبة OpenAI',
      text: 'وجّه المكتبة الرسمية إلى هذه المنصة: `new OpenAI({ baseURL: "<هذا العنوان>/v1", apiKey: "rq_…" })` في JavaScript، أو `OpenAI(base_url=…, api_key=…)` في Python. ويصل الطلب `POST /v1/chat/completions` إلى كل نموذج أيًّا كان صانعه، ببثّ أو بدونه، مع الأدوات والصور وJSON حيث يدعمها النموذج.',
      keywords: 'مكتبة بايثون جافاسكربت عنوان أساسي برمجة ربط تكامل كود مثال openai sdk واجهة برمجية',
    },
  },
  {
    page: 'anthropic',
    en: {
      title: 'Using the Anthropic SDK',
      text: '`new Anthropic({ baseURL: "<this address>", apiKey: "rq_…" })` is all it takes: `POST /v1/messages` speaks Anthropic’s own shapes, with its events, tools, thinking and cache marks. It too reaches every model, not only Claude.',
      keywords: 'anthropic claude sdk messages endpoint v1/messages thinking x-api-key claude code',
    },
    ar: {
      title: 'استعمال مكتبة Anthropic',
      text: 'يكفي `new Anthropic({ baseURL: "<هذا العنوان>", apiKey: "rq_…" })`: فالطلب `POST /v1/messages` يتكلم بصيغ Anthropic نفسها، بأحداثها وأدواتها وتفكيرها وعلامات ذاكرتها المؤقتة. ويصل هو أيضًا إلى كل النماذج لا إلى Claude وحده.',
      keywords: 'كلود أنثروبيك مكتبة رسائل messages anthropic sdk',
    },
  },
  {
    page: 'streaming',
    en: {
      title: 'Streaming',
      text: 'Send "stream": true and the answer comes as server-sent events, passed on one by one as the vendor sends them. A vendor that breaks off in the middle ends your stream with an error event, never as if the answer were complete. Close the connection and the vendor is stopped.',
      keywords: 'stream streaming sse events server-sent chunk delta disconnect include_usage partial',
    },
    ar: {
      title: 'البثّ',
      text: 'أرسل ‎"stream": true‎ فتأتي الإجابة أحداثًا متتابعة (SSE) تُمرَّر واحدًا واحدًا كما يرسلها المزوّد. وإن انقطع المزوّد في الوسط انتهى البثّ بحدث خطأ، لا كأن الإجابة اكتملت. وإذا أغلقت الاتصال أُوقف المزوّد.',
      keywords: 'بث تدفق متدفق أحداث stream sse انقطاع الاتصال دفق',
    },
  },
  {
    page: 'api',
    en: {
      title: 'What an answer cost',
      text: 'Every answer carries x-request-id, and a metered one x-riwaq-cost-micros: its price in millionths of a dollar. For a stream, whose headers leave before the price is known, read `GET /api/usage/entries?request_id=…` once it has ended.',
      keywords: 'cost header micros x-riwaq-cost-micros request id per request price of answer header',
    },
    ar: {
      title: 'كم كلّفت الإجابة',
      text: 'تحمل كل إجابة الترويسة x-request-id، وتحمل الإجابة المدفوعة x-riwaq-cost-micros وهو ثمنها بأجزاء المليون من الدولار. أما البثّ فترويساته تُرسل قبل معرفة الثمن، فاقرأ بعد انتهائه `GET /api/usage/entries?request_id=…`',
      keywords: 'كم كلفت ترويسة ثمن الإجابة تكلفة الطلب معرف الطلب micros',
    },
  },
  {
    page: 'api',
    en: {
      title: 'Idempotency',
      text: 'Send an Idempotency-Key header with a paid POST and repeat it without fear for 24 hours: the same key with the same body gives the same answer and one charge, also when the first request is still running. Another body under the same key is refused with 409.',
      keywords: 'idempotency idempotent retry safely duplicate same request twice 409 conflict repeat network error',
    },
    ar: {
      title: 'تكرار الطلب بأمان',
      text: 'أرسل الترويسة Idempotency-Key مع أي طلب POST مدفوع وكرّره مطمئنًا مدة ‎24‎ ساعة: المفتاح نفسه مع الجسم نفسه يعطي الإجابة نفسها وخصمًا واحدًا، حتى إن كان الطلب الأول ما زال جاريًا. وجسمٌ آخر بالمفتاح نفسه يُرفض بالرمز 409.',
      keywords: 'تكرار إعادة الطلب مرتين أمان خصم واحد idempotency تعارض',
    },
  },
  {
    page: 'api',
    en: {
      title: 'Tools, images, JSON and reasoning',
      text: 'Tools, images in messages, JSON mode, JSON Schema, reasoning effort and stop sequences are passed through for every model that has them; `GET /v1/models` lists each model’s abilities. What a model cannot do is answered with a warning or a clear 400, never silently dropped.',
      keywords:
        'tools function calling images vision json schema structured output reasoning effort thinking stop sequences abilities unsupported_parameter',
    },
    ar: {
      title: 'الأدوات والصور وJSON والتفكير',
      text: 'تُمرَّر الأدوات والصور في الرسائل ووضع JSON ومخطط JSON وجهد التفكير ومتتاليات التوقف إلى كل نموذج يدعمها، ويذكر `GET /v1/models` قدرات كل نموذج. وما لا يقدر عليه النموذج يُجاب عنه بتنبيه أو بخطأ 400 واضح، ولا يُسقط في صمت.',
      keywords: 'أدوات دوال استدعاء صور رؤية مخطط مخرجات منظمة تفكير استدلال قدرات json',
    },
  },
  {
    page: 'errors',
    en: {
      title: 'Errors',
      text: 'Every error has a code, a status, a sentence and a request id. On /v1 it has OpenAI’s shape (Anthropic’s on `/v1/messages`), elsewhere that of RFC 9457. Which errors are worth repeating is told by the header x-should-retry, and Retry-After says when. The documentation lists every code in both languages.',
      keywords:
        'error errors code codes status problem rfc 9457 meaning retry 400 401 404 500 502 503 invalid_api_key provider_error',
    },
    ar: {
      title: 'الأخطاء',
      text: 'لكل خطأ رمز وحالة وجملة ومعرّف طلب. وصيغته على ‎/v1‎ صيغة OpenAI (وصيغة Anthropic على `/v1/messages`)، وفي غيرهما صيغة RFC 9457. وتقول الترويسة x-should-retry أيّ الأخطاء تنفع إعادته، وتقول Retry-After متى. وفي الدليل كل الرموز باللغتين.',
      keywords: 'خطأ أخطاء رمز حالة معنى إعادة المحاولة مشكلة رسالة خطأ',
    },
  },
  {
    page: 'limits',
    en: {
      title: 'Rate limits',
      text: 'Requests are limited per minute for a key, a member and an organization. Each answer says in the RateLimit headers how many are left and when they are renewed; one too many is refused with “rate_limit_exceeded” (429) and Retry-After, and costs nothing.',
      keywords: 'rate limit limits requests per minute rpm 429 too many requests throttle quota rate_limit_exceeded',
    },
    ar: {
      title: 'حدود الطلبات',
      text: 'عدد الطلبات في الدقيقة محدود لكل مفتاح وعضو ومؤسسة. وتقول ترويسات RateLimit في كل إجابة كم بقي ومتى يتجدد، والطلب الزائد يُرفض بالخطأ rate_limit_exceeded (‏429) ومعه Retry-After، ولا يكلّف شيئًا.',
      keywords: 'حد حدود معدل الطلبات في الدقيقة كثيرة 429 تقييد حصة',
    },
  },
]
