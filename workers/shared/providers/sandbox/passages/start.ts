import type { Passage } from './passage.ts'

export const startPassages: Passage[] = [
  {
    page: 'start',
    en: {
      title: 'What Riwaq is',
      text: 'Riwaq is an AI platform that a person or a company runs in their own Cloudflare account. It offers conversations with language models in Arabic and English, and one API that the official OpenAI and Anthropic SDKs can talk to unchanged. Every answer is metered to the last token and paid from your organization’s credit.',
      keywords: 'about riwaq platform purpose who are you introduction meaning',
    },
    ar: {
      title: 'ما هو رواق',
      text: 'رواق منصة ذكاء اصطناعي يشغّلها الفرد أو الشركة في حسابه على Cloudflare. يقدّم محادثات مع النماذج اللغوية بالعربية والإنجليزية، وواجهة برمجية واحدة تخاطبها مكتبتا OpenAI وAnthropic الرسميتان دون تغيير. وتُحسب كل إجابة حتى آخر رمز، ويُخصم ثمنها من رصيد مؤسستك.',
      keywords: 'منصة رواق تعريف نبذة عن ماذا يعني من أنتم',
    },
  },
  {
    page: 'start',
    en: {
      title: 'Signing up',
      text: 'Open the sign-up page, enter your name, e-mail and a password, and you are in: a personal organization is made for you in the same second, with credit to begin with. On a local installation the confirmation mail is written to the folder `.data/mail` instead of being sent.',
      keywords: 'register registration create account sign up signup begin get started new user',
    },
    ar: {
      title: 'إنشاء حساب',
      text: 'افتح صفحة إنشاء الحساب وأدخل اسمك وبريدك الإلكتروني وكلمة مرور، فتُنشأ لك في اللحظة نفسها مؤسسة شخصية وفيها رصيد للبداية. وفي التشغيل المحلي تُكتب رسالة التأكيد في المجلد `.data/mail` بدل أن تُرسل.',
      keywords: 'تسجيل اشتراك كيف أبدأ البدء حساب جديد مستخدم جديد التسجيل',
    },
  },
  {
    page: 'start',
    en: {
      title: 'Signing in and resetting a password',
      text: 'Sign in with your e-mail and password. If you forgot it, choose “Forgot password” on the sign-in page: a link to set a new one is sent to your address. Attempts are limited per account and per address, so after several wrong ones you have to wait a little.',
      keywords: 'login log in forgot password reset recover locked out too many attempts',
    },
    ar: {
      title: 'الدخول واستعادة كلمة المرور',
      text: 'ادخل ببريدك الإلكتروني وكلمة مرورك. وإن نسيتها فاختر «نسيت كلمة المرور» في صفحة الدخول ليصلك رابط لتعيين كلمة جديدة. وعدد المحاولات محدود لكل حساب ولكل عنوان، فإذا أخطأت مرات متتالية وجب أن تنتظر قليلًا.',
      keywords: 'تسجيل الدخول نسيت كلمة السر استرجاع استرداد إعادة تعيين محاولات',
    },
  },
  {
    page: 'sandbox',
    en: {
      title: 'The sandbox',
      text: 'Without any vendor’s key, Riwaq answers with its own sandbox: a guide that looks up the platform’s documentation and quotes it. It is not a language model and does not pretend to be one. It is priced, metered, streamed and stopped exactly like a real model, so you can try everything offline. The operator can switch it off with `SANDBOX=off`.',
      keywords: 'sandbox guide offline demo trial are you a real model gpt fake who answers ai',
    },
    ar: {
      title: 'البيئة التجريبية',
      text: 'حين لا يكون هناك مفتاح لأي مزوّد يجيب رواق من بيئته التجريبية: دليل يبحث في وثائق المنصة ويقتبس منها. ليس نموذجًا لغويًا ولا يدّعي ذلك، لكنه مسعّر ومحسوب ويبثّ كلامه ويتوقف تمامًا كالنماذج الحقيقية، فتجرّب كل شيء دون اتصال. ويستطيع المشغّل إيقافه بالإعداد `SANDBOX=off`.',
      keywords: 'تجريبي تجربة دليل بلا إنترنت هل أنت نموذج حقيقي روبوت ذكاء من أنت sandbox',
    },
  },
  {
    page: 'chat',
    en: {
      title: 'Conversations',
      text: 'Start a conversation with “New chat”, pick a model and write. Conversations are kept in the list at the side, where you can rename or delete them. An answer belongs to the conversation and not to the page: reload, open a second tab or another device, and you see it go on where it stands.',
      keywords: 'chat conversation history reload refresh second tab device continue rename delete list',
    },
    ar: {
      title: 'المحادثات',
      text: 'ابدأ بـ«محادثة جديدة» واختر نموذجًا واكتب. تُحفظ المحادثات في القائمة الجانبية، وفيها تغيّر أسماءها أو تحذفها. والإجابة ملك المحادثة لا الصفحة: أعد التحميل أو افتح تبويبًا آخر أو جهازًا آخر فتراها تتابع من حيث وصلت.',
      keywords: 'محادثة دردشة سجل تحديث الصفحة جهاز آخر إعادة تسمية حذف قائمة متابعة',
    },
  },
  {
    page: 'chat',
    en: {
      title: 'Stopping an answer',
      text: 'Press Stop, from any tab or device, and the model’s vendor is stopped within a second. You pay for the prompt and for what was delivered until then, not for the answer that might have come. A stopped answer stays in the conversation and is marked as stopped.',
      keywords: 'stop cancel interrupt abort halt answer button pay for stopped',
    },
    ar: {
      title: 'إيقاف الإجابة',
      text: 'اضغط «أوقف» من أي تبويب أو جهاز فيتوقف مزوّد النموذج خلال ثانية. وتدفع ثمن سؤالك وما وصلك حتى تلك اللحظة، لا ثمن إجابة لم تأتِ. وتبقى الإجابة الموقوفة في المحادثة وعليها علامة الإيقاف.',
      keywords: 'إيقاف توقف قطع إلغاء زر الإيقاف هل أدفع إجابة ناقصة',
    },
  },
  {
    page: 'chat',
    en: {
      title: 'Editing, regenerating and branches',
      text: 'Edit a message or regenerate an answer and the conversation branches: the earlier version is kept, and arrows beside the message take you from one version to the next. A new answer may come from another model. Nothing is overwritten.',
      keywords: 'branch branches edit regenerate retry versions tree fork another answer rewrite',
    },
    ar: {
      title: 'التعديل وإعادة التوليد والفروع',
      text: 'إذا عدّلت رسالة أو طلبت إجابة أخرى تفرّعت المحادثة: تبقى النسخة السابقة، وتنتقل بين النسخ بالسهمين بجانب الرسالة. ويمكن أن تأتي الإجابة الجديدة من نموذج آخر، ولا يُمحى شيء.',
      keywords: 'فرع فروع تفرع تعديل تحرير إعادة توليد نسخ إجابة أخرى تكرار',
    },
  },
  {
    page: 'chat',
    en: {
      title: 'Long conversations',
      text: 'When a conversation grows beyond what its model can read at once, the older turns are summarised by a model and the summary takes their place in the prompt. The full messages stay in the conversation for you to read. The summary is metered like any other answer and shows its cost.',
      keywords: 'long context window compaction summary summarise forget memory too many messages',
    },
    ar: {
      title: 'المحادثات الطويلة',
      text: 'حين تكبر المحادثة عمّا يقدر نموذجها على قراءته دفعة واحدة تُلخَّص الأدوار القديمة بنموذج، ويحلّ الملخص محلّها فيما يُرسل إليه. وتبقى الرسائل كاملة لتقرأها. ويُحسب الملخص كأي إجابة ويظهر ثمنه.',
      keywords: 'طويلة سياق نافذة تلخيص ملخص ذاكرة نسيان رسائل كثيرة',
    },
  },
  {
    page: 'languages',
    en: {
      title: 'Arabic, English and other languages',
      text: 'Every page, e-mail and error exists in Arabic and English; switch in the settings or at the foot of a page. In a conversation the language of each message is detected, also in short, mixed or Latin-lettered Arabic, and the model is told to answer in it. The direction of the text is decided for each paragraph, and code stays left to right.',
      keywords: 'arabic english language rtl direction arabizi translate detect switch interface',
    },
    ar: {
      title: 'العربية والإنجليزية وغيرهما',
      text: 'كل صفحة ورسالة وخطأ مكتوب بالعربية والإنجليزية، وتبدّل بينهما من الإعدادات أو أسفل الصفحة. وفي المحادثة تُعرف لغة كل رسالة، ولو كانت قصيرة أو مختلطة أو عربية بحروف لاتينية، ويُطلب من النموذج أن يجيب بها. ويُحدَّد اتجاه النص لكل فقرة على حدة، ويبقى الكود من اليسار إلى اليمين.',
      keywords: 'لغة عربي إنجليزي اتجاه يمين يسار عربيزي ترجمة كشف اللغة تغيير الواجهة',
    },
  },
  {
    page: 'models',
    en: {
      title: 'Models and vendors',
      text: 'Models are named vendor/name, for example openai/gpt-6.1-terra or anthropic/claude-sonnet-5-5; where only one vendor has it, the bare name works too. The picker and `GET /v1/models` show the models whose vendor is configured here, each with its context size, abilities and price. Real models come first and the sandbox last.',
      keywords:
        'model models vendor vendors available choose picker gpt claude gemini openai anthropic google mistral deepseek grok which list',
    },
    ar: {
      title: 'النماذج والمزوّدون',
      text: 'يُسمّى النموذج بصيغة المزوّد/الاسم، مثل openai/gpt-6.1-terra أو anthropic/claude-sonnet-5-5، ويكفي الاسم وحده إن كان عند مزوّد واحد. وتعرض قائمة الاختيار والطلب `GET /v1/models` النماذج التي أُعدّ مزوّدها هنا، ومع كلٍّ سعة سياقه وقدراته وسعره. النماذج الحقيقية أولًا والبيئة التجريبية آخرًا.',
      keywords: 'نموذج نماذج مزود متاح اختيار جي بي تي كلود جيميني أي قائمة',
    },
  },
]
