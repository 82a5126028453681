// What mails about payments say, in both languages. Amounts stand on the page that the mail leads to, behind a sign-in.
import type { Locale } from '#shared/contracts/account'
import type { Template } from './sentences.ts'

export type MoneyMailKind =
  | 'credit-taken-back'
  | 'subscription-activated'
  | 'subscription-changed'
  | 'trial-ending'
  | 'subscription-canceled'
  | 'invoice-paid'
  | 'payment-failed'
  | 'payment-overdue'
  | 'payment-recovered'
  | 'top-up-succeeded'
  | 'top-up-failed'
  | 'dispute-opened'
  | 'dispute-closed'
  | 'refund-made'

interface Words {
  subject: string
  body: string
  button: string
}

/** `organization` stands where its name does. */
type Wording = (organization: string) => Words

const english: Record<MoneyMailKind, Wording> = {
  'credit-taken-back': (organization) => ({
    subject: `${organization}: credit was taken back`,
    body: `Money for credit of ${organization} went back, and the credit went with it. What of it was spent already is owed: the next credit pays it first.`,
    button: 'See the credit',
  }),
  'subscription-activated': (organization) => ({
    subject: `${organization}: the subscription has begun`,
    body: `The subscription of ${organization} is active, and its plan applies from now on.`,
    button: 'See the subscription',
  }),
  'subscription-changed': (organization) => ({
    subject: `${organization}: the subscription has changed`,
    body: `The plan, its interval or the number of seats of ${organization} has changed.`,
    button: 'See the subscription',
  }),
  'trial-ending': (organization) => ({
    subject: `${organization}: the trial ends soon`,
    body: `The trial of ${organization} ends within a few days. After that the plan is paid for; if you do not want it, cancel before.`,
    button: 'See the subscription',
  }),
  'subscription-canceled': (organization) => ({
    subject: `${organization}: the subscription was cancelled`,
    body: `The subscription of ${organization} was cancelled. What is paid for can be used until its period ends; credit that was bought stays.`,
    button: 'See the subscription',
  }),
  'invoice-paid': (organization) => ({
    subject: `${organization}: a payment was received`,
    body: `Thank you: an invoice of ${organization} is paid. Its receipt is on the page of invoices.`,
    button: 'See the invoices',
  }),
  'payment-failed': (organization) => ({
    subject: `${organization}: a payment failed`,
    body: `A payment for the subscription of ${organization} failed. Please pay the invoice or choose another payment method: otherwise paid requests stop when the grace ends.`,
    button: 'Pay or change the payment method',
  }),
  'payment-overdue': (organization) => ({
    subject: `${organization}: paid requests have stopped`,
    body: `The payment for the subscription of ${organization} is still missing, and paid requests are refused now. Everything is there and can be read; as soon as the invoice is paid, all works again.`,
    button: 'Pay the invoice',
  }),
  'payment-recovered': (organization) => ({
    subject: `${organization}: the payment has arrived`,
    body: `The overdue payment of ${organization} has arrived, and everything works again. Thank you.`,
    button: 'See the subscription',
  }),
  'top-up-succeeded': (organization) => ({
    subject: `${organization}: credit was topped up`,
    body: `The credit of ${organization} was running low and was topped up by itself, as you have set it.`,
    button: 'See the credit',
  }),
  'top-up-failed': (organization) => ({
    subject: `${organization}: the automatic top-up has stopped`,
    body: `The credit of ${organization} could not be topped up by itself. It is not tried again until you have looked at its settings or at the payment method.`,
    button: 'See the automatic top-up',
  }),
  'dispute-opened': (organization) => ({
    subject: `${organization}: a payment is disputed`,
    body: `A bank asks for a payment of ${organization} back. Until that is decided, the credit of that payment is taken back. If this is a mistake, please have your bank withdraw it.`,
    button: 'See the invoices',
  }),
  'dispute-closed': (organization) => ({
    subject: `${organization}: a dispute is decided`,
    body: `The dispute about a payment of ${organization} is decided. Where it was decided in favour of the payment, its credit was given back.`,
    button: 'See the invoices',
  }),
  'refund-made': (organization) => ({
    subject: `${organization}: a payment was refunded`,
    body: `Money that ${organization} paid was refunded. It reaches your account within a few days.`,
    button: 'See the invoices',
  }),
}

const arabic: Record<MoneyMailKind, Wording> = {
  'credit-taken-back': (organization) => ({
    subject: `${organization}: استُرجع رصيد`,
    body: `أُعيد مبلغ دُفع مقابل رصيد ${organization}، فاستُرجع الرصيد معه. وما كان قد أُنفق منه صار مستحقًا، ويُسدَّد أولًا من أي رصيد قادم.`,
    button: 'عرض الرصيد',
  }),
  'subscription-activated': (organization) => ({
    subject: `${organization}: بدأ الاشتراك`,
    body: `أصبح اشتراك ${organization} فعالًا، وتسري خطته من الآن.`,
    button: 'عرض الاشتراك',
  }),
  'subscription-changed': (organization) => ({
    subject: `${organization}: تغيّر الاشتراك`,
    body: `تغيّرت خطة ${organization} أو مدتها أو عدد مقاعدها.`,
    button: 'عرض الاشتراك',
  }),
  'trial-ending': (organization) => ({
    subject: `${organization}: الفترة التجريبية توشك على الانتهاء`,
    body: `تنتهي الفترة التجريبية لدى ${organization} خلال أيام قليلة، وبعدها تصبح الخطة مدفوعة. إن لم تكن تريدها فألغِها قبل ذلك.`,
    button: 'عرض الاشتراك',
  }),
  'subscription-canceled': (organization) => ({
    subject: `${organization}: أُلغي الاشتراك`,
    body: `أُلغي اشتراك ${organization}. يبقى ما دُفع ثمنه متاحًا حتى نهاية فترته، ويبقى لك الرصيد الذي اشتريته.`,
    button: 'عرض الاشتراك',
  }),
  'invoice-paid': (organization) => ({
    subject: `${organization}: وصلت دفعة`,
    body: `شكرًا لك: سُدّدت فاتورة ${organization}، وتجد إيصالها في صفحة الفواتير.`,
    button: 'عرض الفواتير',
  }),
  'payment-failed': (organization) => ({
    subject: `${organization}: تعذّرت عملية دفع`,
    body: `تعذّر تحصيل دفعة اشتراك ${organization}. نرجو سداد الفاتورة أو اختيار وسيلة دفع أخرى، وإلا توقفت الطلبات المدفوعة بانتهاء المهلة.`,
    button: 'السداد أو تغيير وسيلة الدفع',
  }),
  'payment-overdue': (organization) => ({
    subject: `${organization}: توقفت الطلبات المدفوعة`,
    body: `ما زالت دفعة اشتراك ${organization} متأخرة، وأصبحت الطلبات المدفوعة تُرفض الآن. كل ما لديك محفوظ ويمكن الاطلاع عليه، ويعود كل شيء إلى العمل فور سداد الفاتورة.`,
    button: 'سداد الفاتورة',
  }),
  'payment-recovered': (organization) => ({
    subject: `${organization}: وصلت الدفعة المتأخرة`,
    body: `وصلت الدفعة المتأخرة من ${organization}، وعاد كل شيء إلى العمل. شكرًا لك.`,
    button: 'عرض الاشتراك',
  }),
  'top-up-succeeded': (organization) => ({
    subject: `${organization}: شُحن الرصيد تلقائيًا`,
    body: `أوشك رصيد ${organization} على النفاد فشُحن تلقائيًا كما ضبطته.`,
    button: 'عرض الرصيد',
  }),
  'top-up-failed': (organization) => ({
    subject: `${organization}: توقف الشحن التلقائي`,
    body: `تعذّر شحن رصيد ${organization} تلقائيًا. لن تُعاد المحاولة حتى تراجع إعدادات الشحن التلقائي أو وسيلة الدفع.`,
    button: 'عرض الشحن التلقائي',
  }),
  'dispute-opened': (organization) => ({
    subject: `${organization}: اعتراض على دفعة`,
    body: `طلب أحد البنوك استعادة دفعة من ${organization}. إلى أن يُبتّ في الاعتراض استُرجع رصيد تلك الدفعة. إن كان ذلك خطأً فاطلب من بنكك سحب الاعتراض.`,
    button: 'عرض الفواتير',
  }),
  'dispute-closed': (organization) => ({
    subject: `${organization}: بُتّ في الاعتراض`,
    body: `بُتّ في الاعتراض على إحدى دفعات ${organization}. وإن ثبتت الدفعة فقد أُعيد رصيدها.`,
    button: 'عرض الفواتير',
  }),
  'refund-made': (organization) => ({
    subject: `${organization}: استُردّت دفعة`,
    body: `رُدّ مبلغ كانت ${organization} قد دفعته، ويصل إلى حسابك خلال أيام.`,
    button: 'عرض الفواتير',
  }),
}

const frames: Record<Locale, { greeting: (name: string) => string; note: (organization: string) => string }> = {
  en: {
    greeting: (name) => `Hello ${name},`,
    note: (organization) => `You receive this because you pay for ${organization}.`,
  },
  ar: {
    greeting: (name) => `مرحبًا ${name}،`,
    note: (organization) => `تصلك هذه الرسالة لأنك تتولى مدفوعات ${organization}.`,
  },
}

const templatesOf = (locale: Locale, wordings: Record<MoneyMailKind, Wording>): Record<MoneyMailKind, Template> => {
  const { greeting, note } = frames[locale]
  const entries = Object.entries(wordings).map(([kind, wording]): [string, Template] => [
    kind,
    ({ name, organization }) => ({ greeting: greeting(name), ...wording(organization), note: note(organization) }),
  ])
  return Object.fromEntries(entries) as Record<MoneyMailKind, Template>
}

export const moneySentences: Record<Locale, Record<MoneyMailKind, Template>> = {
  en: templatesOf('en', english),
  ar: templatesOf('ar', arabic),
}
