// What mails about budgets, credit and servers say, in both languages.
import type { Locale } from '#shared/contracts/account'
import type { Template } from './sentences.ts'

export type NoticeMailKind = 'budget-threshold' | 'budget-exceeded' | 'credit-exhausted' | 'webhook-disabled'

const english: Record<NoticeMailKind, Template> = {
  'budget-threshold': ({ name, organization, account, spent, limit, percent, period, resets }) => ({
    subject: `${organization}: ${percent}% of ${account} is spent`,
    greeting: `Hello ${name},`,
    body: `${spent} of the ${limit} that ${account} allows ${period} has been spent. ${resets ? `It begins anew on ${resets}.` : 'It does not begin anew.'} Requests that would exceed it are refused before they cost anything.`,
    button: 'See limits and spending',
    note: `You receive this because you look after the money of ${organization}. It is sent once for each share that is reached in a period.`,
  }),
  'budget-exceeded': ({ name, organization, account, spent, limit, period, resets }) => ({
    subject: `${organization}: ${account} stopped a request`,
    greeting: `Hello ${name},`,
    body: `A request was refused because it would have gone beyond ${account}: ${spent} of the ${limit} that it allows ${period} has been spent. Such requests are let through again ${resets ? `on ${resets}, or as soon as the budget is raised.` : 'as soon as the budget is raised.'}`,
    button: 'See limits and spending',
    note: `You receive this because you look after the money of ${organization}. It is sent once in a period.`,
  }),
  'credit-exhausted': ({ name, organization }) => ({
    subject: `${organization}: the credit no longer suffices`,
    greeting: `Hello ${name},`,
    body: `The credit of ${organization} does not cover new requests any more. They are refused, and cost nothing, until credit is added.`,
    button: 'See balance and usage',
    note: `You receive this because you look after the money of ${organization}.`,
  }),
  'webhook-disabled': ({ name, organization }) => ({
    subject: `${organization}: a webhook was switched off`,
    greeting: `Hello ${name},`,
    body: `One of the servers that ${organization} has its notices sent to kept failing, so that nothing more is sent to it. Switch it on again when it works.`,
    button: 'See the webhooks',
    note: `You receive this because you look after ${organization}.`,
  }),
}

const arabic: Record<NoticeMailKind, Template> = {
  'budget-threshold': ({ name, organization, account, spent, limit, percent, period, resets }) => ({
    subject: `${organization}: أُنفق ${percent}% من ${account}`,
    greeting: `مرحبًا ${name}،`,
    body: `أُنفق ${spent} من أصل ${limit} تسمح بها ${account} ${period}. ${resets ? `تتجدد هذه الميزانية في ${resets}.` : 'هذه الميزانية لا تتجدد.'} أما الطلبات التي تتجاوزها فتُرفض قبل أن تكلّف شيئًا.`,
    button: 'عرض الحدود والإنفاق',
    note: `تصلك هذه الرسالة لأنك تتابع أموال ${organization}، وتُرسل مرة واحدة عند بلوغ كل نسبة في الفترة.`,
  }),
  'budget-exceeded': ({ name, organization, account, spent, limit, period, resets }) => ({
    subject: `${organization}: أوقفت ${account} طلبًا`,
    greeting: `مرحبًا ${name}،`,
    body: `رُفض طلب لأنه كان سيتجاوز ${account}: أُنفق ${spent} من أصل ${limit} تسمح بها ${period}. تُقبل مثل هذه الطلبات من جديد ${resets ? `في ${resets}، أو فور زيادة الميزانية.` : 'فور زيادة الميزانية.'}`,
    button: 'عرض الحدود والإنفاق',
    note: `تصلك هذه الرسالة لأنك تتابع أموال ${organization}، وتُرسل مرة واحدة في الفترة.`,
  }),
  'credit-exhausted': ({ name, organization }) => ({
    subject: `${organization}: لم يعد الرصيد كافيًا`,
    greeting: `مرحبًا ${name}،`,
    body: `لم يعد رصيد ${organization} يغطي طلبات جديدة. تُرفض من غير أن تكلّف شيئًا إلى أن يُضاف رصيد.`,
    button: 'عرض الرصيد والاستهلاك',
    note: `تصلك هذه الرسالة لأنك تتابع أموال ${organization}.`,
  }),
  'webhook-disabled': ({ name, organization }) => ({
    subject: `${organization}: أُوقف خطاف ويب`,
    greeting: `مرحبًا ${name}،`,
    body: `تكرّر فشل أحد الخوادم التي تُرسل إليها إشعارات ${organization}، فلن يُرسل إليه شيء بعد الآن. أعد تشغيله متى عاد إلى العمل.`,
    button: 'عرض خطافات الويب',
    note: `تصلك هذه الرسالة لأنك تدير ${organization}.`,
  }),
}

export const noticeSentences: Record<Locale, Record<NoticeMailKind, Template>> = { en: english, ar: arabic }
