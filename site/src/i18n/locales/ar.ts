import type { Dictionary } from '../locales.ts'

export default {
  meta: { name: 'العربية', dir: 'rtl' },

  // app: what every page shares
  'app.name': 'رواق',
  'app.tagline': 'ذكاء اصطناعي بالعربية والإنجليزية، محسوبٌ بدقّة حتى آخر رمز.',
  'app.skip-to-content': 'انتقل إلى المحتوى',
  'app.language': 'اللغة',
  'app.theme': 'المظهر',
  'app.theme-system': 'مثل الجهاز',
  'app.theme-light': 'فاتح',
  'app.theme-dark': 'داكن',

  // ui: the shared pieces
  'ui.loading': 'جارٍ التحميل…',
  'ui.retry': 'أعد المحاولة',
  'ui.cancel': 'إلغاء',
  'ui.close': 'إغلاق',
  'ui.save': 'حفظ',
  'ui.saved': 'حُفظ.',
  'ui.delete': 'حذف',
  'ui.confirm': 'تأكيد',
  'ui.copy': 'نسخ',
  'ui.copied': 'نُسخ',
  'ui.copy-failed': 'تعذّر النسخ. حدّد النص وانسخه بنفسك.',
  'ui.load-more': 'حمّل المزيد',
  'ui.optional': 'اختياري',
  'ui.required': 'هذا الحقل مطلوب.',
  'ui.not-a-number': 'أدخل رقمًا من فضلك.',
  'ui.dismiss': 'إخفاء',
  'ui.show-password': 'أظهر كلمة المرور',
  'ui.hide-password': 'أخفِ كلمة المرور',
  'ui.back': 'رجوع',
  'ui.continue': 'متابعة',
  'ui.error-title': 'لم ينجح ذلك',
  'ui.error-code': 'الرمز',
  'ui.error-request': 'الطلب',
  'ui.none': 'لا شيء',
  'ui.type-to-confirm': 'اكتب {{text}} للتأكيد',

  // shell: what frames the signed-in pages
  'shell.main-navigation': 'التنقل الرئيسي',
  'shell.open-navigation': 'افتح قائمة التنقل',
  'shell.close-navigation': 'أغلق قائمة التنقل',
  'shell.chat': 'المحادثة',
  'shell.usage': 'الاستهلاك',
  'shell.keys': 'مفاتيح API',
  'shell.members': 'الأعضاء',
  'shell.settings': 'الإعدادات',
  'shell.admin': 'الإدارة',
  'shell.docs': 'الدليل',
  'shell.prices': 'الأسعار',
  'shell.organization': 'المؤسسة',
  'shell.switch-organization': 'التبديل بين المؤسسات',
  'shell.personal': 'شخصية',
  'shell.new-organization': 'مؤسسة جديدة',
  'shell.account': 'الحساب',
  'shell.sign-out': 'تسجيل الخروج',
  'shell.balance': 'الرصيد',
  'shell.balance-held': '{{amount}} محجوزة لطلبات جارية',
  'shell.balance-unknown': 'الرصيد غير متاح الآن',

  // role: what a member may be
  'role.owner': 'مالك',
  'role.admin': 'مدير',
  'role.member': 'عضو',
  'role.billing': 'محاسب',
  'role.viewer': 'مطّلع',

  // problem: one sentence for every code that the platform answers with
  'problem.invalid_request': 'في هذا الطلب شيء غير صحيح. راجع ما أدخلته ثم أعد المحاولة.',
  'problem.content_rejected': 'رفض مزوّد النموذج هذا المحتوى.',
  'problem.unsupported_parameter': 'لا يستطيع هذا النموذج تنفيذ أحد الأمور المطلوبة.',
  'problem.context_length_exceeded': 'هذا النص أطول مما يستطيع النموذج قراءته. اختصره أو اختر نموذجًا سياقه أكبر.',
  'problem.invalid_cursor': 'تغيّرت هذه القائمة. حمّلها من بدايتها.',
  'problem.invalid_api_key': 'مفتاح API هذا غير معروف أو مُلغى أو انتهت صلاحيته.',
  'problem.unauthenticated': 'لم تسجّل الدخول بعد. سجّل الدخول ثم أعد المحاولة.',
  'problem.insufficient_credits': 'الرصيد المتبقي لا يكفي لهذا الطلب. لم يُخصم شيء.',
  'problem.budget_exceeded': 'يتجاوز هذا الطلب ميزانية محددة لك أو لمفتاحك أو لمؤسستك. لم يُخصم شيء.',
  'problem.permission_denied': 'دورك لا يسمح بهذا. يستطيع مالك المؤسسة أو مديرها تغيير ذلك.',
  'problem.model_not_allowed': 'لا يُسمح لهذا المفتاح باستخدام هذا النموذج.',
  'problem.origin_not_allowed': 'لا يُسمح لهذا الموقع بإرسال هذا الطلب.',
  'problem.not_found': 'هذا غير موجود، أو ليس لك أن تراه.',
  'problem.model_not_found': 'لا يوجد نموذج بهذا الاسم.',
  'problem.model_not_priced': 'لم يُحدَّد سعر لهذا النموذج بعد، فلا يمكن استخدامه.',
  'problem.method_not_allowed': 'لا يمكن تنفيذ ذلك على هذا العنوان.',
  'problem.conflict': 'غيّر شخص آخر هذا في الأثناء، أو أنه موجود من قبل.',
  'problem.idempotency_mismatch': 'استُخدم مفتاح منع التكرار هذا من قبل مع طلب مختلف.',
  'problem.idempotency_in_progress': 'ما زالت الإجابة عن أول طلب بمفتاح منع التكرار هذا جارية.',
  'problem.payload_too_large': 'حجم هذا أكبر من أن يُرسل.',
  'problem.unsupported_media_type': 'هذا النوع من المحتوى غير مقبول هنا.',
  'problem.rate_limit_exceeded': 'طلبات كثيرة في وقت قصير. انتظر لحظة ثم أعد المحاولة.',
  'problem.credit_held': 'رصيدك المتبقي محجوز لطلبات جارية. أعد المحاولة عند انتهائها.',
  'problem.budget_held': 'المتبقي من الميزانية محجوز لطلبات جارية. أعد المحاولة عند انتهائها.',
  'problem.client_closed_request': 'أُغلق الاتصال قبل اكتمال الإجابة.',
  'problem.internal_error': 'حدث خطأ لدينا، وقد سُجّل.',
  'problem.provider_error': 'تعذّرت الإجابة لدى مزوّد النموذج. لم يُخصم شيء عمّا لم يصل.',
  'problem.provider_misconfigured': 'الاتصال بمزوّد هذا النموذج غير مضبوط. أبلغ مشغّل هذه المنصة.',
  'problem.provider_overloaded': 'مزوّد النموذج مزدحم الآن. أعد المحاولة بعد لحظة أو اختر نموذجًا آخر.',
  'problem.service_unavailable': 'جزء من المنصة غير متاح الآن. لم يُخصم شيء؛ أعد المحاولة بعد قليل.',
  'problem.provider_timeout': 'استغرق مزوّد النموذج وقتًا أطول من المسموح.',
  'problem.network': 'تعذّر الوصول إلى المنصة. تحقّق من اتصالك ثم أعد المحاولة.',
  'problem.unknown': 'حدث شيء غير متوقع. أعد المحاولة.',

  // chat

  // usage

  // keys

  // members

  // admin
} satisfies Dictionary as Dictionary
