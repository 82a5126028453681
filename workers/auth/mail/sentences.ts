// What the mails say, in both languages.
import type { Locale } from '#shared/contracts/account'
import { moneySentences, type MoneyMailKind } from './money-sentences.ts'
import { noticeSentences, type NoticeMailKind } from './notice-sentences.ts'
import { usageSentences, type UsageMailKind } from './usage-sentences.ts'

type AccountMailKind = 'verify-email' | 'reset-password' | 'change-email' | 'invitation' | 'password-changed'
export type MailKind = AccountMailKind | NoticeMailKind | MoneyMailKind | UsageMailKind

interface Sentences {
  subject: string
  greeting: string
  /** Why this mail comes. */
  body: string
  button: string | null
  /** How long the link lives, and what to do if it was not you. */
  note: string
}

/** What of a budget a mail tells, in words of its own language. Empty where it is not told. */
export interface BudgetFacts {
  /** Which budget, such as “the budget of the key “website””. */
  account: string
  spent: string
  limit: string
  percent: string
  period: string
  /** Empty where the budget is for ever. */
  resets: string
}

export type MailFacts = { name: string; organization: string; inviter: string; role: string } & BudgetFacts

export type Template = (facts: MailFacts) => Sentences

const english: Record<AccountMailKind, Template> = {
  'verify-email': ({ name }) => ({
    subject: 'Confirm your e-mail address',
    greeting: `Hello ${name},`,
    body: 'Please confirm that this address is yours.',
    button: 'Confirm this address',
    note: 'The link works for one hour. If you did not sign up for Riwaq, ignore this mail.',
  }),
  'reset-password': ({ name }) => ({
    subject: 'Choose a new password',
    greeting: `Hello ${name},`,
    body: 'Someone, we hope you, asked for a new password for your account.',
    button: 'Choose a new password',
    note: 'The link works once, for one hour. If it was not you, ignore this mail: your password stays as it is.',
  }),
  'change-email': ({ name }) => ({
    subject: 'Change your e-mail address',
    greeting: `Hello ${name},`,
    body: 'You asked to move your account to another e-mail address. Please confirm that you want this.',
    button: 'Yes, change my address',
    note: 'If it was not you, do not open the link, and change your password.',
  }),
  invitation: ({ organization, inviter, role }) => ({
    subject: `${inviter} invites you to ${organization}`,
    greeting: 'Hello,',
    body: `${inviter} invites you to join ${organization} on Riwaq as ${role}.`,
    button: 'See the invitation',
    note: 'The invitation is valid for seven days and for this e-mail address only.',
  }),
  'password-changed': ({ name }) => ({
    subject: 'Your password was changed',
    greeting: `Hello ${name},`,
    body: 'The password of your account has been changed, and every other session was signed out.',
    button: null,
    note: 'If it was not you, ask for a new password from the sign-in page at once.',
  }),
}

const arabic: Record<AccountMailKind, Template> = {
  'verify-email': ({ name }) => ({
    subject: 'تأكيد بريدك الإلكتروني',
    greeting: `مرحبًا ${name}،`,
    body: 'نرجو أن تؤكّد أن هذا العنوان لك.',
    button: 'تأكيد العنوان',
    note: 'الرابط صالح لساعة واحدة. إن لم تكن قد أنشأت حسابًا في رواق فتجاهل هذه الرسالة.',
  }),
  'reset-password': ({ name }) => ({
    subject: 'اختيار كلمة مرور جديدة',
    greeting: `مرحبًا ${name}،`,
    body: 'وصلنا طلب بتعيين كلمة مرور جديدة لحسابك، ونرجو أنك صاحبه.',
    button: 'اختيار كلمة مرور جديدة',
    note: 'الرابط صالح مرة واحدة خلال ساعة. إن لم تكن صاحب الطلب فتجاهل هذه الرسالة، وستبقى كلمة مرورك كما هي.',
  }),
  'change-email': ({ name }) => ({
    subject: 'تغيير بريدك الإلكتروني',
    greeting: `مرحبًا ${name}،`,
    body: 'طلبتَ نقل حسابك إلى بريد إلكتروني آخر. نرجو أن تؤكّد رغبتك في ذلك.',
    button: 'نعم، غيّروا بريدي',
    note: 'إن لم تكن صاحب الطلب فلا تفتح الرابط، وغيّر كلمة مرورك.',
  }),
  invitation: ({ organization, inviter, role }) => ({
    subject: `دعوة من ${inviter} إلى ${organization}`,
    greeting: 'مرحبًا،',
    body: `يدعوك ${inviter} إلى الانضمام إلى ${organization} في رواق بدور «${role}».`,
    button: 'عرض الدعوة',
    note: 'الدعوة صالحة لسبعة أيام، ولهذا البريد الإلكتروني وحده.',
  }),
  'password-changed': ({ name }) => ({
    subject: 'تغيّرت كلمة مرورك',
    greeting: `مرحبًا ${name}،`,
    body: 'غُيّرت كلمة مرور حسابك، وسُجّل الخروج من كل الجلسات الأخرى.',
    button: null,
    note: 'إن لم تكن أنت من غيّرها فاطلب كلمة مرور جديدة من صفحة الدخول فورًا.',
  }),
}

export const sentences: Record<Locale, Record<MailKind, Template>> = {
  en: { ...english, ...noticeSentences.en, ...moneySentences.en, ...usageSentences.en },
  ar: { ...arabic, ...noticeSentences.ar, ...moneySentences.ar, ...usageSentences.ar },
}

export const roleNames: Record<Locale, Record<string, string>> = {
  en: { owner: 'owner', admin: 'admin', member: 'member', billing: 'billing manager', viewer: 'viewer' },
  ar: { owner: 'مالك', admin: 'مدير', member: 'عضو', billing: 'مسؤول الفوترة', viewer: 'مطّلع' },
}
