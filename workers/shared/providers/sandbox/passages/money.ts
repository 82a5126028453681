import type { Passage } from './passage.ts'

export const moneyPassages: Passage[] = [
  {
    page: 'credit',
    en: {
      title: 'Credit and balance',
      text: 'An organization has one balance, in US dollars, and everything its members and keys use is paid from it. A new organization begins with credit set by the operator, one dollar unless they changed it. The header shows your balance at all times, and `GET /api/usage/balance` answers what is there, what is held and what is available.',
      keywords: 'credit balance money funds how much left top up free dollar remaining wallet',
    },
    ar: {
      title: 'الرصيد',
      text: 'للمؤسسة رصيد واحد بالدولار الأمريكي، ومنه يُدفع كل ما يستعمله أعضاؤها ومفاتيحها. وتبدأ المؤسسة الجديدة برصيد يحدده المشغّل، وهو دولار واحد ما لم يغيّره. يظهر رصيدك دائمًا أعلى الصفحة، ويجيب الطلب `GET /api/usage/balance` بالرصيد والمحجوز منه والمتاح.',
      keywords: 'رصيد رصيدي مال كم بقي شحن مجاني دولار محفظة المتبقي',
    },
  },
  {
    page: 'credit',
    en: {
      title: 'Prices',
      text: 'Each model has a price per million tokens, separately for what you send, what was read from the vendor’s cache, what was written to it, what the model writes and what it reasons. The price is shown beside the model and kept with every entry. Prices multiplied by usage are rounded up once, to a millionth of a dollar. A model without a price cannot be called.',
      keywords: 'price prices cost how much expensive cheap per million tokens cached reasoning rounding tariff',
    },
    ar: {
      title: 'الأسعار',
      text: 'لكل نموذج سعر للمليون رمز، يفصل بين ما ترسله وما قُرئ من ذاكرة المزوّد المؤقتة وما كُتب فيها وما يكتبه النموذج وما يفكّر به. يظهر السعر بجانب النموذج ويُحفظ مع كل قيد. ويُقرَّب حاصل السعر في الكمية إلى أعلى مرة واحدة، إلى جزء من مليون من الدولار. ونموذج بلا سعر لا يمكن استعماله.',
      keywords: 'سعر أسعار تكلفة كلفة كم يكلف ثمن غالي رخيص مليون رمز توكن تقريب',
    },
  },
  {
    page: 'credit',
    en: {
      title: 'Holds and settlement',
      text: 'Before a request reaches a model, the highest price it can have is held from the balance. When the answer is complete, what the vendor counted is charged and the rest of the hold is released. A hold ends by itself if anything breaks. So nothing is ever spent that was not there, however many requests you send at once.',
      keywords: 'hold holds held reserve reservation settle settlement release pending authorisation overspend',
    },
    ar: {
      title: 'الحجز والتسوية',
      text: 'قبل أن يصل الطلب إلى النموذج يُحجز من الرصيد أعلى ثمن يمكن أن يبلغه. وحين تكتمل الإجابة يُخصم ما عدّه المزوّد ويُفكّ حجز الباقي. وينتهي الحجز وحده إن تعطّل شيء. فلا يُصرف ما ليس موجودًا مهما أرسلت من طلبات معًا.',
      keywords: 'حجز محجوز تسوية معلق فك الحجز قيد الانتظار تجاوز الرصيد',
    },
  },
  {
    page: 'credit',
    en: {
      title: 'Out of credit, or credit held',
      text: '“insufficient_credits” (402) means that the balance cannot pay for the request at all. “credit_held” (429) means that there is credit but requests in flight hold it: try again when they are done. Where a whole answer cannot be paid but a useful shorter one can, the answer’s length is lowered to what you can pay and the response says so.',
      keywords: 'insufficient_credits credit_held 402 429 run out empty balance refused shortened max_tokens lowered',
    },
    ar: {
      title: 'نفاد الرصيد أو حجزه',
      text: 'الخطأ insufficient_credits (‏402) يعني أن الرصيد لا يكفي للطلب أصلًا. والخطأ credit_held (‏429) يعني أن الرصيد موجود لكن طلبات جارية تحجزه، فأعد المحاولة حين تنتهي. وإن لم يكفِ الرصيد لإجابة كاملة وكفى لإجابة أقصر نافعة خُفِّض طول الإجابة إلى ما تقدر على دفعه وذُكر ذلك في الرد.',
      keywords: 'نفد انتهى الرصيد غير كاف رفض insufficient_credits credit_held محجوز تقصير الإجابة',
    },
  },
  {
    page: 'credit',
    en: {
      title: 'What a failed or cut answer costs',
      text: 'A vendor that fails before its first word costs nothing. A stream that breaks off or that you leave is charged for what was delivered: by the vendor’s count, or, where none came, by the prompt and the words passed on, and the entry is marked “estimated”. A request is charged at most once, whatever is retried.',
      keywords: 'failed failure error charge refund cut broken stream disconnected estimated twice double charge fair',
    },
    ar: {
      title: 'ثمن الإجابة التي فشلت أو انقطعت',
      text: 'مزوّدٌ فشل قبل أول كلمة لا يكلّف شيئًا. والبثّ الذي انقطع أو تركته يُخصم ثمن ما وصل منه: بعدّ المزوّد، أو إن لم يصل عدّه فبعدد رموز السؤال وما مرّ من كلام، ويُوسم القيد بأنه «تقديري». ولا يُخصم ثمن الطلب أكثر من مرة مهما أُعيد.',
      keywords: 'فشل خطأ خصم استرداد انقطع انقطاع تقديري مرتين خصم مضاعف عادل',
    },
  },
  {
    page: 'usage',
    en: {
      title: 'Usage, entries and export',
      text: 'The usage page shows your balance, charts by day and by model, and every entry: when, who, which key, which model, how many tokens of each kind, at what price. The sum of all entries is the balance, always. The list can be exported as a file, and `GET /api/usage/entries` gives the same to a program.',
      keywords: 'usage statistics report export csv download chart entries history invoice spending analytics',
    },
    ar: {
      title: 'الاستهلاك والقيود والتصدير',
      text: 'تعرض صفحة الاستهلاك رصيدك ورسومًا باليوم وبالنموذج، وكل قيد: متى ومن وبأي مفتاح وأي نموذج وكم رمزًا من كل نوع وبأي سعر. ومجموع القيود هو الرصيد دائمًا. ويمكن تصدير القائمة ملفًّا، ويعطي الطلب `GET /api/usage/entries` البيانات نفسها للبرامج.',
      keywords: 'استهلاك صدّر أصدّر أنزّل إحصاءات تقرير تصدير تنزيل رسم بياني قيود سجل مصاريف استخدام',
    },
  },
  {
    page: 'budgets',
    en: {
      title: 'Budgets',
      text: 'A budget limits what a key, a member or the whole organization may spend in a day, a week, a month or for ever. All budgets that apply are checked in the same step that holds the credit, so none is exceeded under load. A request over a budget is refused with “budget_exceeded” and the time at which the budget is renewed.',
      keywords: 'budget limit spending cap member key organization daily monthly control budget_exceeded budget_held',
    },
    ar: {
      title: 'الميزانيات',
      text: 'تحدّ الميزانية ما يصرفه مفتاح أو عضو أو المؤسسة كلها في اليوم أو الأسبوع أو الشهر أو على الدوام. وتُفحص كل ميزانية معنيّة في الخطوة نفسها التي يُحجز فيها الرصيد، فلا تُتجاوز تحت الضغط. والطلب الذي يفوقها يُرفض بالخطأ budget_exceeded ومعه موعد تجدّدها.',
      keywords: 'ميزانية حد صرف سقف إنفاق عضو مفتاح شهري يومي تحكم',
    },
  },
]
