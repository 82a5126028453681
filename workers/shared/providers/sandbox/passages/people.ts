import type { Passage } from './passage.ts'

export const peoplePassages: Passage[] = [
  {
    page: 'organizations',
    en: {
      title: 'Organizations',
      text: 'Everything belongs to an organization: its balance, keys, conversations and members. You have a personal one from the first second and can make others or be invited to them; the menu at the top switches between them. What one organization has, another cannot see.',
      keywords: 'organization organisations team company workspace switch tenant personal create isolation',
    },
    ar: {
      title: 'المؤسسات',
      text: 'كل شيء ينتمي إلى مؤسسة: الرصيد والمفاتيح والمحادثات والأعضاء. ولك مؤسسة شخصية من أول لحظة، وتستطيع إنشاء غيرها أو الانضمام إليها بدعوة، وتنتقل بينها من القائمة في الأعلى. وما تملكه مؤسسة لا تراه أخرى.',
      keywords: 'مؤسسة منظمة فريق شركة مساحة عمل تبديل شخصية إنشاء عزل',
    },
  },
  {
    page: 'organizations',
    en: {
      title: 'Roles',
      text: 'There are five roles. The owner may do everything, deleting the organization included; an admin manages members, keys and settings; a member uses the models and their own keys; billing sees the money and sets budgets; a viewer only looks. One table in the documentation shows who may do what.',
      keywords: 'role roles permission permissions owner admin member billing viewer access rights who may',
    },
    ar: {
      title: 'الأدوار',
      text: 'الأدوار خمسة: المالك يفعل كل شيء حتى حذف المؤسسة، والمدير يدير الأعضاء والمفاتيح والإعدادات، والعضو يستعمل النماذج ومفاتيحه، ومسؤول الحسابات يرى المال ويضع الميزانيات، والمشاهد يطّلع فقط. وفي الدليل جدول واحد يبيّن من يحقّ له ماذا.',
      keywords: 'دور أدوار صلاحيات صلاحية مالك مدير عضو محاسب مشاهد إذن من يحق له',
    },
  },
  {
    page: 'organizations',
    en: {
      title: 'Inviting members',
      text: 'Owners and admins invite people by e-mail on the members page and choose their role. The invitation is a link that expires; it can be withdrawn before it is accepted. A member’s role can be changed and their membership ended on the same page, and their keys stop working with it.',
      keywords: 'invite invitation member members add person colleague remove leave email join',
    },
    ar: {
      title: 'دعوة الأعضاء',
      text: 'يدعو المالك والمديرون غيرهم بالبريد الإلكتروني من صفحة الأعضاء ويختارون أدوارهم. والدعوة رابط له أجل، ويمكن سحبها قبل قبولها. ومن الصفحة نفسها يُغيَّر دور العضو أو تُنهى عضويته، فتتوقف مفاتيحه معها.',
      keywords: 'دعوة دعوات أدعو ادع أضيف ضم إضافة عضو زميل إزالة مغادرة انضمام بريد',
    },
  },
  {
    page: 'security',
    en: {
      title: 'Two-factor sign-in',
      text: 'Turn on two-factor sign-in in the settings: scan the code with an authenticator app, confirm with the six digits it shows, and keep the recovery codes in a safe place. From then on signing in takes your password and a code from the app.',
      keywords: 'two factor 2fa totp authenticator mfa second factor recovery codes qr security otp',
    },
    ar: {
      title: 'الدخول بخطوتين',
      text: 'فعّل الدخول بخطوتين من الإعدادات: امسح الرمز بتطبيق المصادقة، وأكّد بالأرقام الستة التي يعرضها، واحفظ رموز الاسترداد في مكان آمن. وبعدها يحتاج الدخول إلى كلمة مرورك ورمز من التطبيق.',
      keywords: 'خطوتين عاملين مصادقة ثنائية تحقق رمز استرداد أمان تطبيق المصادقة',
    },
  },
  {
    page: 'security',
    en: {
      title: 'Sessions and safety',
      text: 'The settings list the devices on which you are signed in, and you can end any of those sessions. Passwords and keys are stored only as hashes, and the platform’s logs hold ids, counts and times, never your prompts, keys or tokens.',
      keywords: 'session sessions devices sign out everywhere security hash logs privacy stored safe',
    },
    ar: {
      title: 'الجلسات والأمان',
      text: 'تعرض الإعدادات الأجهزة التي دخلت منها، وتستطيع إنهاء أي جلسة منها. ولا تُحفظ كلمات المرور والمفاتيح إلا بصماتٍ لها، ولا يكون في سجلات المنصة إلا معرّفات وأعداد وأوقات، لا كلامك ولا مفاتيحك.',
      keywords: 'جلسة جلسات أجهزة خروج من كل الأجهزة أمان تشفير سجلات خصوصية',
    },
  },
  {
    page: 'privacy',
    en: {
      title: 'Your data: export and deletion',
      text: 'In the settings you can export your data as a file and delete your account. Deleting it ends your sessions and keys and removes your conversations. Messages go only to the vendor of the model that you picked; with the sandbox they leave the platform for nowhere.',
      keywords: 'data export delete account remove privacy gdpr download my data erase where does my data go training',
    },
    ar: {
      title: 'بياناتك: تصديرها وحذفها',
      text: 'من الإعدادات تستطيع تصدير بياناتك ملفًّا وحذف حسابك. والحذف ينهي جلساتك ومفاتيحك ويزيل محادثاتك. ولا تذهب رسائلك إلا إلى مزوّد النموذج الذي اخترته، ومع البيئة التجريبية لا تغادر المنصة إلى أي مكان.',
      keywords: 'بيانات تصدير حذف الحساب خصوصية إزالة أين تذهب بياناتي مسح',
    },
  },
  {
    page: 'settings',
    en: {
      title: 'Your settings',
      text: 'In the settings you choose the language and the theme (light, dark, or as your device), change your name and password, turn on two-factor sign-in and see your sessions. A setting takes effect at once.',
      keywords: 'settings preferences theme dark mode light language profile name change password',
    },
    ar: {
      title: 'إعداداتك',
      text: 'من الإعدادات تختار اللغة والمظهر (فاتح أو داكن أو مثل جهازك)، وتغيّر اسمك وكلمة مرورك، وتفعّل الدخول بخطوتين وترى جلساتك. ويسري الإعداد فورًا.',
      keywords: 'إعدادات تفضيلات مظهر داكن ليلي فاتح لغة ملف شخصي اسم تغيير كلمة المرور',
    },
  },
]
