import type { Passage } from './passage.ts'

export const picturePassages: Passage[] = [
  {
    page: 'images',
    en: {
      title: 'Making images',
      text: 'On the page “Images” you describe a picture, choose a model, size, count and style, and see what it can cost before you start. The job runs on when you leave the page, its pictures appear in the gallery as they are done, and they are charged once, when they are yours. A failed, cancelled or refused job costs nothing.',
      keywords: 'image images picture pictures generate make create draw drawing illustration style size gallery job',
    },
    ar: {
      title: 'توليد الصور',
      text: 'في صفحة «الصور» تكتب وصفًا وتختار النموذج والمقاس والعدد والنمط، وترى كم قد تكلّف قبل أن تبدأ. تستمر المهمة وإن غادرت الصفحة، وتظهر صورها في المعرض فور اكتمالها، ولا تُخصم إلا مرة واحدة حين تصير لك. والمهمة التي فشلت أو أُلغيت أو رُفضت لا تكلّف شيئًا.',
      keywords: 'صورة صور صورًا توليد أولّد ولّد إنشاء أنشئ رسم ارسم أرسم لوحة نمط مقاس معرض مهمة وصف',
    },
  },
  {
    page: 'images',
    en: {
      title: 'Editing a picture',
      text: 'Open a picture and choose to edit it: paint over what may change and say what should be there, make variations, extend it beyond its edges, enlarge it or remove its background. What a model cannot do is greyed out, with the reason.',
      keywords:
        'edit mask paint inpaint outpaint extend variation upscale enlarge remove background erase change picture',
    },
    ar: {
      title: 'تعديل صورة',
      text: 'افتح صورة واختر تعديلها: لوّن ما يجوز أن يتغير واكتب ما تريده مكانه، أو اطلب تنويعات، أو وسّعها خارج حدودها، أو كبّرها، أو أزل خلفيتها. وما لا يقدر عليه النموذج يظهر معطّلًا مع السبب.',
      keywords: 'تعديل تحرير قناع تلوين تنويع توسيع تكبير إزالة حذف الخلفية تغيير صورة',
    },
  },
  {
    page: 'library',
    en: {
      title: 'The library',
      text: 'Everything that you make or upload is in the library: searched by words in Arabic and English, filtered, put into collections, marked as favourite and downloaded together as a ZIP. It is private until you show it to your organization or make a public link. What you delete can be restored for thirty days.',
      keywords:
        'library search collection collections favourite favorites download zip delete restore share link private storage upload files',
    },
    ar: {
      title: 'المكتبة',
      text: 'كل ما تصنعه أو ترفعه في المكتبة: تبحث فيها بالعربية والإنجليزية، وترشّح، وتجمع في مجموعات، وتضيف إلى المفضّلة، وتنزّل ما شئت معًا في ملف ZIP. وهي خاصة بك حتى تعرض شيئًا على مؤسستك أو تنشئ رابطًا عامًا. وما تحذفه يمكن استعادته ثلاثين يومًا.',
      keywords: 'مكتبة بحث مجموعة مجموعات مفضلة تنزيل حذف استعادة مشاركة رابط خاصة تخزين رفع ملفات',
    },
  },
]
