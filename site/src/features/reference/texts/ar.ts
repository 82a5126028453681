// What the description of the API says, in Arabic, by its English text.
const texts: Readonly<Record<string, string>> = {
  // sections
  'Models, metered. The official OpenAI and Anthropic clients need only the base URL and a key.':
    'النماذج، ولكل طلب حسابه. لا تحتاج مكتبتا OpenAI وAnthropic الرسميتان إلا إلى العنوان الأساسي ومفتاح.',
  'Conversations that the platform keeps.': 'المحادثات التي تحفظها المنصة.',
  'Balance, charges and sums.': 'الرصيد والخصومات والمجاميع.',
  'API keys.': 'مفاتيح API.',
  'Members, roles, budgets and what was done.': 'الأعضاء والأدوار والميزانيات وما جرى من تغييرات.',
  'The log of your organization’s requests.': 'سجل طلبات مؤسستك.',
  'Events, signed and sent to your own servers.': 'أحداث موقّعة تُرسل إلى خوادمك.',
  'Your own account.': 'حسابك أنت.',
  'Signing up and in, by Better Auth.': 'إنشاء الحساب وتسجيل الدخول، عن طريق Better Auth.',
  'For the operators of a deployment.': 'لمشغّلي المنصة.',
  'The platform itself.': 'المنصة نفسها.',

  // language
  'An answer, in OpenAI’s shape': 'إجابة بصيغة OpenAI',
  'Every model can be called, whoever made it. A stream is server-sent events, passed on as they come. One that breaks off ends with an error event and is charged for what was delivered.':
    'يمكن استدعاء أي نموذج أيًّا كان صانعه. البث أحداث من الخادم (server-sent events) تُمرَّر فور وصولها، وإذا انقطع خُتم بحدث خطأ وخُصم ثمن ما وصل منه.',
  'For 24 hours the same key and body give the same answer and one charge; another body gives 409. 1 to 255 printable ASCII characters.':
    'طوال 24 ساعة يعطي المفتاح نفسه مع المحتوى نفسه الإجابة نفسها بخصم واحد، ويعطي محتوى آخر الرمز 409. من 1 إلى 255 محرفًا من محارف ASCII المطبوعة.',
  'The whole answer. With `stream: true`: events of type `chat.completion.chunk`, then `[DONE]`.':
    'الإجابة كاملة. ومع `stream: true`: أحداث من نوع `chat.completion.chunk` ثم `[DONE]`.',
  'An answer, in Anthropic’s shape': 'إجابة بصيغة Anthropic',
  'Sent by Anthropic’s clients; passed on to Anthropic.': 'ترسله مكتبات Anthropic، ويُمرَّر إلى Anthropic.',
  'The whole answer. With `stream: true`: Anthropic’s events, from `message_start` to `message_stop`.':
    'الإجابة كاملة. ومع `stream: true`: أحداث Anthropic من `message_start` إلى `message_stop`.',
  'The models that can be called here, with their prices': 'النماذج المتاحة هنا وأسعارها',
  'Open to everyone. With the header `anthropic-version` the list is in Anthropic’s shape.':
    'متاح للجميع. ومع الترويسة `anthropic-version` تأتي القائمة بصيغة Anthropic.',
  'All of them.': 'النماذج كلها.',
  'One model': 'نموذج واحد',
  'Ids contain a slash (`vendor/name`); it may be sent as it is or percent-encoded.':
    'في المعرّف شرطة مائلة (`vendor/name`)، تُرسل كما هي أو مرمّزة بالنسبة المئوية.',
  '`vendor/name`, or the bare name where one vendor has it.': '`vendor/name`، أو الاسم وحده إن كان عند مزوّد واحد.',
  'The model.': 'النموذج.',

  '`use`: an equal request of the organization is given the same answer, with no vendor asked. `off`: never, also where the key has it switched on.':
    '`use`: يُعطى طلب المؤسسة المطابق الإجابة نفسها من دون سؤال أي مزوّد. `off`: لا يحدث ذلك أبدًا، وإن كان مفعّلًا على المفتاح.',
  'How many seconds old such an answer may be, and how long this one is kept; 3600 where it is not said.':
    'أقصى عمر لهذه الإجابة بالثواني، ومدة حفظ إجابة هذا الطلب؛ والقيمة 3600 إن لم يُذكر شيء.',
  'Models to try after the one in the body, separated by commas, before the first byte.':
    'نماذج تُجرَّب بعد النموذج المذكور في الجسم، تفصل بينها فواصل، وذلك قبل وصول أول بايت.',
  'Vendors to ask first, in this order, separated by commas.': 'مزوّدون يُسألون أولًا بهذا الترتيب، تفصل بينهم فواصل.',

  // embeddings, moderations, counts
  'Vectors of texts, in OpenAI’s shape': 'متجهات النصوص بصيغة OpenAI',
  'Of OpenAI, Google, Mistral, Workers AI, a server of your own or the sandbox.':
    'من OpenAI أو Google أو Mistral أو Workers AI أو خادم لك أو البيئة التجريبية.',
  'A vector for each text.': 'متجه لكل نص.',
  'Whether texts or images are harmful, in OpenAI’s shape': 'فحص النصوص والصور بحثًا عن المحتوى المؤذي، بصيغة OpenAI',
  'Costs nothing. OpenAI judges where it is configured, else the sandbox by a list of phrases.':
    'لا يُخصم عليه شيء. تحكم فيه OpenAI إن كانت مضبوطة، وإلا فالبيئة التجريبية بقائمة عبارات.',
  'A verdict for each thing.': 'حكم لكل محتوى.',
  'How long a prompt is, in Anthropic’s shape': 'كم يبلغ طول المدخل، بصيغة Anthropic',
  'Costs nothing and counts against limits of requests. Anthropic’s own count where the model is theirs, else our estimate.':
    'لا يُخصم عليه شيء، ويُحسب من حدود عدد الطلبات. العدّ عدّ Anthropic نفسها إن كان النموذج لها، وإلا فتقدير منا.',

  // responses
  'A response, in the shape of OpenAI’s Responses API': 'إجابة بصيغة Responses API من OpenAI',
  'Every model can be called, whoever made it, and may go on where another one stopped. A stream is server-sent events, passed on as they come. One that breaks off ends with an error event and is charged for what was delivered.':
    'يمكن استدعاء أي نموذج أيًّا كان صانعه، وله أن يكمل من حيث وقف غيره. البث أحداث من الخادم (server-sent events) تُمرَّر فور وصولها، وإذا انقطع خُتم بحدث خطأ وخُصم ثمن ما وصل منه.',
  'The whole response. With `stream: true`: numbered events, from `response.created` to `response.completed`.':
    'الإجابة كاملة. ومع `stream: true`: أحداث مرقّمة من `response.created` إلى `response.completed`.',
  'A response that is kept': 'إجابة محفوظة',
  'Of a response that is kept: `resp_…`.': 'معرّف إجابة محفوظة: `resp_…`.',
  '`reasoning.encrypted_content` shows the seals of reasoning.':
    'القيمة `reasoning.encrypted_content` تُظهر أختام التفكير.',
  'As the stream that it was.': 'كما كانت بثًّا.',
  'Of the stream, what came after the event of this number.': 'من البث ما جاء بعد الحدث الذي هذا رقمه.',
  'The response. With `stream=true`: its events.': 'الإجابة. ومع `stream=true`: أحداثها.',
  'Delete a response': 'حذف إجابة',
  'What went on from it stays.': 'يبقى ما بُني عليها.',
  'It is deleted.': 'حُذفت.',
  'What the model was given for a response': 'ما أُعطي للنموذج من أجل إجابة',
  'The conversation before it included.': 'ومعه المحادثة السابقة لها.',
  '`desc`, the newest first, unless said otherwise.': 'القيمة `desc`، أي الأحدث أولًا، ما لم يُذكر غيرها.',
  'The id of the last item of the page before.': 'معرّف آخر عنصر في الصفحة السابقة.',
  'A page of items.': 'صفحة من العناصر.',
  'How long a request would be': 'كم يبلغ طول طلب',
  'Costs nothing. OpenAI’s own count where the model is theirs, else our estimate.':
    'لا يُخصم عليه شيء. العدّ عدّ OpenAI نفسها إن كان النموذج لها، وإلا فتقدير منا.',
  'The tokens of the prompt.': 'عدد رموز المدخل.',

  // conversations
  'Your conversations, newest first': 'محادثاتك، والأحدث أولًا',
  'How many, from 1 to 100.': 'العدد، من 1 إلى 100.',
  '`next_cursor` of the page before. Opaque.': 'قيمة `next_cursor` من الصفحة السابقة، تُعاد كما هي.',
  'Words of the title; what Arabic writers do not distinguish is folded.':
    'كلمات من العنوان، دون تفريق بين ما لا يفرّق الكتّاب بينه كالهمزات والتاء المربوطة.',
  'A page.': 'صفحة.',
  'Begin a conversation': 'بدء محادثة',
  'With `content` its first message is sent in the same trip.': 'مع `content` تُرسل أول رسالة في الطلب نفسه.',
  'The conversation, and the message with its answer where there was one.':
    'المحادثة، والرسالة وإجابتها إن أُرسلت رسالة.',
  'All your conversations as one file': 'كل محادثاتك في ملف واحد',
  'One JSON object a line: each conversation, then its messages.': 'في كل سطر كائن JSON: كل محادثة ثم رسائلها.',
  'One conversation': 'محادثة واحدة',
  'The conversation.': 'المحادثة.',
  'Rename it, or choose another model': 'تغيير عنوانها أو اختيار نموذج آخر لها',
  'Delete it': 'حذفها',
  'It is gone.': 'حُذف.',
  'A WebSocket that says what happens': 'اتصال WebSocket يخبر بما يجري',
  'First a snapshot with the running answer as far as it has come, then every change. Any number of tabs and devices may listen; nobody speaks.':
    'أولًا لقطة فيها الرد الجاري كما بلغ، ثم كل تغيير. يستمع إليه أي عدد من النوافذ والأجهزة، ولا يُرسل عليه شيء.',
  'The connection becomes a WebSocket.': 'يتحوّل الاتصال إلى WebSocket.',
  'The messages of the shown branch': 'رسائل الفرع المعروض',
  'The newest page, in reading order; `next_cursor` leads to older ones.':
    'أحدث صفحة بترتيب القراءة، ويوصل `next_cursor` إلى ما قبلها.',
  'Send a message': 'إرسال رسالة',
  'The answer is written by the conversation itself, whether or not anybody listens: read it on the socket or with the messages.':
    'تكتب المحادثة نفسها الرد سواء أكان هناك من يستمع أم لا: اقرأه على الاتصال الحيّ أو مع الرسائل.',
  'The message, and its answer that has begun.': 'الرسالة وردّها الذي بدأ.',
  'Another answer': 'رد آخر',
  'The message.': 'الرسالة.',
  'The answer that has begun.': 'الرد الذي بدأ.',
  'Correct a message in place': 'تصحيح رسالة في مكانها',
  'Show the branch that a message is on': 'عرض الفرع الذي فيه رسالة',
  'The newest page of that branch.': 'أحدث صفحة من ذلك الفرع.',
  'Stop the running answer': 'إيقاف الرد الجاري',
  'What was written stays and is charged.': 'يبقى ما كُتب ويُخصم ثمنه.',
  'Nothing is running any more.': 'لم يعد هناك رد جارٍ.',

  // images
  'Pictures, made from words and from other pictures.': 'صور تُنشأ من الكلمات ومن صور أخرى.',
  'The job.': 'المهمة.',
  'The job; it is told of on GET /api/feed as it comes on.': 'المهمة، وتصل أخبار تقدّمها عبر GET /api/feed.',
  'The pictures.': 'الصور.',
  'The pictures. With `stream: true`: events `image_generation.partial_image` and `image_generation.completed`.':
    'الصور. ومع `stream: true`: حدثا `image_generation.partial_image` و`image_generation.completed`.',
  'The pictures. With `stream: true`: events `image_edit.partial_image` and `image_edit.completed`.':
    'الصور. ومع `stream: true`: حدثا `image_edit.partial_image` و`image_edit.completed`.',
  'Pictures from words, in OpenAI’s shape': 'صور من الكلمات، بصيغة OpenAI',
  'Every model that makes pictures can be called, whoever made it. A caller who leaves does not stop what a vendor was asked for: it is finished, kept and charged, and the same Idempotency-Key gives it.':
    'يمكن استدعاء أي نموذج ينشئ الصور أيًّا كان صانعه. وانصراف صاحب الطلب لا يوقف ما طُلب من المزوّد: تُستكمل الصور وتُحفظ ويُخصم ثمنها، وتُعطى لمن يرسل Idempotency-Key نفسه.',
  'A picture changed by words, in OpenAI’s shape': 'تعديل صورة بالكلمات، بصيغة OpenAI',
  'One or several pictures as files `image` or `image[]`, and a `mask` that is transparent where the first of them may change. JSON with data URLs is taken as well. Files are known by their content, never by their name.':
    'صورة أو أكثر في الملفات `image` أو `image[]`، وقناع `mask` شفاف في المواضع التي يجوز تغييرها من أولاها. ويُقبل أيضًا JSON فيه روابط بيانات (data URLs). وتُعرف الملفات من محتواها لا من أسمائها.',
  'Variations of a picture, in OpenAI’s shape': 'تنويعات على صورة، بصيغة OpenAI',
  'Have pictures made in the background': 'إنشاء صور في الخلفية',
  'Its highest price is held while it runs, and freed where it does not succeed.':
    'يُحجز أعلى ثمن لها ما دامت قيد التنفيذ، ويُحرَّر إذا لم تنجح.',
  'Your jobs, newest first': 'مهامك، الأحدث أولًا',
  'Of: queued, running, succeeded, failed, cancelled, expired. Several by commas.':
    'واحدة من: queued وrunning وsucceeded وfailed وcancelled وexpired. ويجوز ذكر أكثر من حالة تفصل بينها فواصل.',
  'One job': 'مهمة واحدة',
  'Cancel a job': 'إلغاء مهمة',
  'Once this answers the held money is free. What was made and kept already is charged and stays.':
    'بعد وصول الرد يكون الرصيد المحجوز قد تحرّر. أما ما أُنشئ وحُفظ قبل ذلك فيُخصم ثمنه ويبقى.',
  'Ask again for what did not succeed': 'إعادة طلب ما لم ينجح',
  'A new job in the same words; once, however often it is asked for.':
    'مهمة جديدة بالكلمات نفسها، تُنشأ مرة واحدة مهما تكرر الطلب.',
  'What pictures would cost': 'ثمن الصور قبل إنشائها',
  'Costs nothing and holds nothing.': 'لا يُخصم شيء ولا يُحجز شيء.',
  'The price.': 'الثمن.',
  'The models that make pictures, and what each can': 'النماذج التي تنشئ الصور، وما يقدر عليه كل منها',
  'Styles, in both languages': 'الأنماط، باللغتين',
  'A better prompt, or the same in English': 'وصف أفضل، أو الوصف نفسه بالإنجليزية',
  'Written by a language model and metered like any answer. It is proposed, never used by itself.':
    'يكتبه نموذج لغوي ويُحسب ثمنه كأي إجابة. وهو اقتراح لا يُستخدم من تلقاء نفسه.',
  'The proposal.': 'الاقتراح.',
  'Where fal says that a job has come on': 'العنوان الذي يخبر فيه fal بتقدّم مهمة',
  'Where Replicate says that a job has come on': 'العنوان الذي يخبر فيه Replicate بتقدّم مهمة',
  'Signed by the vendor. It wakes the job; the vendor is then asked, and nothing that is sent here is believed.':
    'موقّع من المزوّد. يوقظ المهمة فيُسأل المزوّد عنها، ولا يُصدَّق شيء مما يُرسل هنا.',
  'Heard.': 'وصل الخبر.',
  'Jobs for pictures whose retries ran out': 'مهام صور نفدت محاولاتها',
  'Whose they are and what went wrong; none of their words.': 'لمن هي وما الذي تعذّر، دون أي من كلماتها.',
  'Have such a job done again': 'إعادة تنفيذ مهمة منها',
  'A new job, paid for by whoever had asked first.': 'مهمة جديدة يدفع ثمنها من طلبها أول مرة.',
  'The new job.': 'المهمة الجديدة.',

  // library
  'Everything that was made or uploaded, in one place.': 'كل ما أُنشئ أو رُفع، في مكان واحد.',
  'The item.': 'العنصر.',
  'The collection.': 'المجموعة.',
  'Words of the title, the prompt and the tags, as far as they are typed; spellings of Arabic are folded.':
    'كلمات من العنوان والوصف والوسوم، وإن لم تكتمل كتابتها، دون تفريق بين ما لا يفرّق الكتّاب بينه كالهمزات والتاء المربوطة.',
  'What it is.': 'نوعه.',
  'Where it comes from.': 'مصدره.',
  'Which model made it: `vendor/name`.': 'النموذج الذي أنشأه: `vendor/name`.',
  'Wider than high, higher than wide, or neither.': 'عرضه أكبر من ارتفاعه، أو ارتفاعه أكبر من عرضه، أو هما سواء.',
  'A tag, exactly.': 'وسم، كما هو.',
  'One of your collections.': 'إحدى مجموعاتك.',
  'Whether it is one of your favourites.': 'هل هو من المفضّلة لديك.',
  '`me`: your own. `others`: what others have shown to the organization.':
    'القيمة `me`: ما هو لك. والقيمة `others`: ما أظهره غيرك للمؤسسة.',
  'Shown to the organization, or to everybody by an address.': 'ما أُظهر للمؤسسة، أو لكل من معه رابطه.',
  'Made at this moment or later, in milliseconds since the epoch.':
    'ما أُنشئ في هذه اللحظة أو بعدها، بالميلي ثانية منذ بداية عام 1970.',
  'Made before this moment.': 'ما أُنشئ قبل هذه اللحظة.',
  'What can still be restored, instead of what is there.': 'ما يمكن استعادته من سلة المحذوفات، بدل ما هو موجود.',
  'The newest first, unless said otherwise.': 'الأحدث أولًا ما لم يُذكر غير ذلك.',
  'The bytes, as what they are.': 'البايتات، بنوعها الحقيقي.',
  'Your library, searched and filtered': 'مكتبتك، بالبحث والتصفية',
  'Your own items, and what others have shown to the organization. Filters narrow together.':
    'عناصرك أنت، وما أظهره غيرك للمؤسسة. وتجتمع عوامل التصفية معًا.',
  'Upload a picture': 'رفع صورة',
  'PNG, JPEG or WebP, known by its content and not by its name. It is turned upright, encoded anew, and loses everything but its pixels: also where it was taken. The bytes may also be sent as they are, with `title` and `collection_id` in the query.':
    'بصيغة PNG أو JPEG أو WebP، تُعرف من محتواها لا من اسمها. تُعدَّل استقامتها ويُعاد ترميزها، ولا يبقى منها إلا بكسلاتها، فيُحذف معها مكان التقاطها. ويجوز إرسال البايتات كما هي، ومعها `title` و`collection_id` في عنوان الطلب.',
  'One item': 'عنصر واحد',
  'Rename, tag, show or favour an item': 'تغيير عنوان عنصر أو وسومه أو إظهاره أو تفضيله',
  'A favourite is your own matter; the rest is the owner’s. `organization` shows it to every member.':
    'التفضيل شأنك أنت، وما عداه لصاحب العنصر. والقيمة `organization` تُظهره لكل الأعضاء.',
  'Delete an item': 'حذف عنصر',
  'It can be restored for 30 days, and counts as stored until it is erased. Its shares end at once.':
    'يمكن استعادته خلال 30 يومًا، ويُحسب من مساحة التخزين إلى أن يُمحى. وتبطل روابط مشاركته فورًا.',
  'Restore a deleted item': 'استعادة عنصر محذوف',
  'Erase an item for good': 'محو عنصر نهائيًّا',
  'Its bytes and everything that was known of it. Nothing brings it back.':
    'تُمحى بايتاته وكل ما عُرف عنه، ولا سبيل إلى استعادته.',
  'Do the same with many items': 'إجراء واحد على عناصر كثيرة',
  'Up to a hundred. Each has an outcome of its own.': 'حتى مئة عنصر، ولكل منها نتيجته.',
  'Which were done, and why others were not.': 'ما تمّ منها، وسبب تعذّر غيره.',
  'The bytes of an item': 'بايتات عنصر',
  'With your own session or key. Ranges and conditions are understood.':
    'بجلستك أو بمفتاحك. وتُفهم طلبات الأجزاء والطلبات المشروطة.',
  'As it was kept, for pages, or for lists. The original where there is no such one.':
    'كما حُفظ، أو للصفحات، أو للقوائم. ويُعطى الأصل إن لم يوجد المطلوب.',
  'To be saved instead of shown.': 'ليُحفظ بدل أن يُعرض.',
  'An address that opens without a key until it ends': 'رابط يُفتح دون مفتاح إلى أن تنتهي مدته',
  'For the owner. It cannot be taken back, but opens nothing once the item is deleted.':
    'لصاحب العنصر. ولا يمكن سحبه، لكنه لا يفتح شيئًا بعد حذف العنصر.',
  'The address, and when it ends.': 'الرابط ووقت انتهائه.',
  'Share an item with everybody who has its address': 'مشاركة عنصر مع كل من معه رابطه',
  'For the owner. The address stays the same until it is taken back; the same again changes its end.':
    'لصاحب العنصر. ويبقى الرابط على حاله إلى أن يُسحب، وتكرار الطلب يغيّر موعد انتهائه.',
  'Take back the public address of an item': 'سحب رابط المشاركة لعنصر',
  'What was shared': 'ما تمت مشاركته',
  'Nothing says whose it is.': 'ولا شيء فيه يدل على صاحبه.',
  'What stands behind the # of its address.': 'ما يأتي بعد العلامة # في رابطه.',
  'The item, with addresses for an hour.': 'العنصر، ومعه روابط صالحة لساعة.',
  'Many items as one ZIP': 'عناصر كثيرة في ملف ZIP واحد',
  'Up to a hundred items, or a collection. Beside the files, `provenance.json` tells how they were made.':
    'حتى مئة عنصر، أو مجموعة. ومع الملفات ملف `provenance.json` يبيّن كيف أُنشئت.',
  'An address that streams it, for an hour.': 'رابط يبثّه، صالح لساعة.',
  'The bytes behind a signed address': 'البايتات التي يدل عليها رابط موقّع',
  'What was signed, and the signature.': 'ما جرى توقيعه، والتوقيع.',
  'Your collections': 'مجموعاتك',
  'Begin a collection': 'إنشاء مجموعة',
  'One collection': 'مجموعة واحدة',
  'Rename a collection': 'تغيير اسم مجموعة',
  'Delete a collection': 'حذف مجموعة',
  'Its items stay in the library.': 'وتبقى عناصرها في المكتبة.',
  'Your whole library as one file': 'مكتبتك كلها في ملف واحد',
  'One JSON object a line: your collections, then your items, also those that can be restored.':
    'في كل سطر كائن JSON: مجموعاتك ثم عناصرك، ومنها ما يمكن استعادته.',
  'JSON lines, as they are read.': 'أسطر JSON تُرسل فور قراءتها.',
  'How much is stored, and how much may be': 'مقدار المخزَّن، والحد المسموح به',
  'Of the whole organization.': 'للمؤسسة كلها.',
  'By what your library can be narrowed': 'ما يمكن تصفية مكتبتك به',
  'The most frequent models and tags.': 'أكثر النماذج والوسوم ورودًا.',
  'A WebSocket that says what happens to your jobs and items': 'اتصال WebSocket يخبر بما يجري لمهامك وعناصرك',
  'Events `job`, `preview`, `item`, `item.gone` and `storage`, as they happen. After an interruption ask the lists again.':
    'أحداث `job` و`preview` و`item` و`item.gone` و`storage` فور وقوعها. وبعد أي انقطاع اطلب القوائم من جديد.',

  // billing
  'Plans, payments and invoices.': 'الخطط والمدفوعات والفواتير.',
  'The plans and credit packs that are sold here': 'الخطط وباقات الرصيد المعروضة هنا',
  'Amounts of money are in a currency’s smallest unit; credit is in millionths of a US dollar.':
    'المبالغ بأصغر وحدة من العملة، والرصيد بأجزاء من مليون من الدولار الأمريكي.',
  'What is sold.': 'ما يُباع.',
  'Your organization’s plan, without money': 'خطة مؤسستك من دون مبالغ',
  'The plan, and whether a payment is overdue.': 'الخطة، وهل هناك دفعة متأخرة.',
  'Plan, subscription, credit and what was decided about paying': 'الخطة والاشتراك والرصيد وما تقرّر بشأن الدفع',
  'For the roles owner and billing.': 'لدوري المالك والمحاسب.',
  'All of it.': 'كل ذلك.',
  'Your organization’s invoices, the newest first': 'فواتير مؤسستك، والأحدث أولًا',
  'An invoice in full, for a receipt': 'فاتورة كاملة، لعرض إيصالها',
  'The invoice.': 'الفاتورة.',
  'Subscribe, on Stripe’s page': 'الاشتراك في صفحة Stripe',
  'The same again gives the same page while it is open; something else closes it. Who is subscribed changes the plan instead.':
    'تكرار الطلب نفسه يعيد الصفحة نفسها ما دامت مفتوحة، وطلب غيره يغلقها. ومن كان مشتركًا يغيّر خطته بدلًا من ذلك.',
  'Where to go: a page of Stripe’s.': 'إلى أين يُنتقل: صفحة لدى Stripe.',
  'Look at what was done on Stripe’s page, now': 'النظر الآن فيما جرى في صفحة Stripe',
  'What became of it.': 'ما آل إليه الأمر.',
  'Buy credit once, on Stripe’s page': 'شراء رصيد مرة واحدة في صفحة Stripe',
  'The credit pack.': 'باقة الرصيد.',
  'Stripe’s own page for cards and invoices': 'صفحة Stripe للبطاقات والفواتير',
  'Ask Stripe again about everything of your organization': 'سؤال Stripe من جديد عن كل ما يخص مؤسستك',
  'What another plan, interval or number of seats would cost': 'كم تكلّف خطة أخرى أو مدة أخرى أو عدد آخر من المقاعد',
  'Dearer: now, for the rest of the period. Cheaper: at the end of the period. Nothing is changed.':
    'الأعلى سعرًا: الآن عن بقية الفترة. والأقل: عند نهاية الفترة. ولا يُغيَّر شيء.',
  'The amounts, and when.': 'المبالغ وموعدها.',
  'Make the change that was shown': 'إجراء التغيير الذي عُرض',
  'Refused as `conflict` where the amount is no longer the one that was shown. The same again is answered the same and charged once.':
    'يُرفض بالرمز `conflict` إن لم يعد المبلغ هو الذي عُرض. وتكرار الطلب نفسه يُجاب بالإجابة نفسها ويُحصَّل مرة واحدة.',
  'Take back a change that waits for the end of the period': 'التراجع عن تغيير ينتظر نهاية الفترة',
  'Cancel: the subscription ends with what was paid for': 'الإلغاء: ينتهي الاشتراك بانتهاء الفترة المدفوعة',
  'Keep a subscription that was cancelled and has not ended': 'الإبقاء على اشتراك أُلغي ولم ينتهِ بعد',
  'Who pays, as it stands on invoices': 'الجهة الدافعة كما تظهر في الفواتير',
  'Who pays.': 'الجهة الدافعة.',
  'Say who pays: name, address and tax id': 'تحديد الجهة الدافعة: الاسم والعنوان والرقم الضريبي',
  'Whether credit is bought by itself': 'هل الشحن التلقائي للرصيد مفعّل',
  'What was decided, and what was spent this month.': 'ما تقرّر، وما أُنفق هذا الشهر.',
  'Have credit bought by itself, up to a monthly maximum': 'تفعيل الشحن التلقائي للرصيد بحد أقصى شهري',
  'Whether more than the credit may be used': 'هل يُسمح باستخدام ما يزيد على الرصيد',
  'What was decided, and what was used in this period.': 'ما تقرّر، وما استُخدم في هذه الفترة.',
  'Allow use beyond the credit, up to a cap, billed at the end of the period':
    'السماح بالاستخدام بعد نفاد الرصيد حتى سقف محدد، ويُفوتر عند نهاية الفترة',

  // usage
  'The organization’s balance': 'رصيد المؤسسة',
  'The balance.': 'الرصيد.',
  'The ledger’s entries, newest first': 'قيود الدفتر، والأحدث أولًا',
  'Of one request alone.': 'قيود طلب واحد فقط.',
  'What was used, by day, model, service, member or key':
    'ما استُهلك بحسب اليوم أو النموذج أو الخدمة أو العضو أو المفتاح',
  'The first moment: a day, ISO 8601 or milliseconds. Thirty days before `to` where absent.':
    'أول لحظة: يوم أو وقت بصيغة ISO 8601 أو بالميلي ثانية. وإن غاب فثلاثون يومًا قبل `to`.',
  'The moment after the last. Now where absent.': 'اللحظة التي تلي الأخيرة. وإن غاب فالآن.',
  'What to group by.': 'ما يُجمع بحسبه.',
  'One row for each group.': 'صف لكل مجموعة.',
  'What was used on each day, by model, service, key or member':
    'ما استُهلك في كل يوم بحسب النموذج أو الخدمة أو المفتاح أو العضو',
  'For charts: the dearest groups, and everything else as one. Read from the book, which follows the ledger within seconds. At most 400 days.':
    'للرسوم البيانية: المجموعات الأعلى تكلفة، وكل ما سواها مجموعة واحدة. يُقرأ من السجل الذي يلحق بالدفتر في ثوانٍ. 400 يوم على الأكثر.',
  'A day or a moment; its whole day (UTC) is included. Thirty days before `to` where absent.':
    'يوم أو لحظة، ويدخل يومها كله (بالتوقيت العالمي). وإن غاب فثلاثون يومًا قبل `to`.',
  'The moment after the last, to the end of its day. The end of today where absent.':
    'اللحظة التي تلي الأخيرة، إلى نهاية يومها. وإن غابت فنهاية اليوم.',
  'What to group by; `model` where absent.': 'ما يُجمع بحسبه، وإن غاب فهو `model`.',
  'One group alone; empty: what has none.': 'مجموعة واحدة فقط، وإن كان فارغًا فما لا مجموعة له.',
  'How many groups, from 1 to 50; 10 where absent.': 'عدد المجموعات، من 1 إلى 50، وإن غاب فعشر.',
  'The groups, and what each came to on each day.': 'المجموعات، وما بلغته كل منها في كل يوم.',
  'The entries as a file, oldest first': 'القيود في ملف، والأقدم أولًا',
  'Streamed from the book, which follows the ledger within seconds; a file that breaks off was not whole. In CSV no cell is a formula, and a byte order mark says that it is UTF-8.':
    'يُبث من السجل الذي يلحق بالدفتر في ثوانٍ، والملف الذي ينقطع ليس كاملًا. لا خلية في CSV تُنفَّذ صيغةً، وفي أوله علامة تدل على أنه UTF-8.',
  '`csv` (where absent) or `json`, in the shape of the list of entries.':
    '`csv` (إن غاب) أو `json` بصيغة قائمة القيود.',
  'The first moment: a day, ISO 8601 or milliseconds. The first entry where absent.':
    'أول لحظة: يوم أو وقت بصيغة ISO 8601 أو بالميلي ثانية. وإن غاب فأول قيد.',
  'The language of the headings; the names of the fields where absent.': 'لغة العناوين، وإن غابت فأسماء الحقول.',
  'The file.': 'الملف.',
  'What the present period will come to': 'ما ستبلغه الفترة الحالية',
  'Of the subscription’s period, or of the calendar month: the mean of the latest whole days for the days that are left, with a range that four of five such sums fall into. Who sees the organization’s usage also sees when its credit runs out.':
    'لفترة الاشتراك أو للشهر التقويمي: متوسط آخر الأيام الكاملة لما بقي من أيام، مع مدى يقع فيه أربعة من كل خمسة مجاميع كهذه. ومن يرى استهلاك المؤسسة يرى أيضًا متى ينفد رصيدها.',
  'The forecast.': 'التوقّع.',
  'At which shares of its included credit the organization is told': 'النسب من الرصيد المشمول التي تُبلَّغ عندها المؤسسة',
  'The shares, and what was told in this period.': 'النسب، وما أُبلغ عنه في هذه الفترة.',
  'Choose those shares': 'اختيار تلك النسب',
  'Each is told once a period, by mail and as `usage.threshold_reached`. None: nobody is told.':
    'يُبلَّغ عن كل نسبة مرة في الفترة، بالبريد وبالحدث `usage.threshold_reached`. وإن لم تكن نسب فلا يُبلَّغ أحد.',
  'Revenue, cost, margin, subscribers and the credit that is outstanding':
    'الإيراد والتكلفة والهامش والمشتركون والرصيد القائم',
  'Whole days of UTC, 400 at the most. Cost is what providers take at their list prices; what was charged without a known cost is told apart.':
    'أيام كاملة بالتوقيت العالمي، 400 على الأكثر. التكلفة ما يأخذه المزوّدون بأسعارهم المعلنة، وما خُصم ولا تُعرف تكلفته يُذكر وحده.',
  'The first day, or a moment of it. Thirty days before `to` where absent.':
    'أول يوم أو لحظة منه. وإن غاب فثلاثون يومًا قبل `to`.',
  'The day after the last. The end of today where absent.': 'اليوم الذي يلي الأخير. وإن غاب فنهاية اليوم.',
  'The numbers.': 'الأرقام.',
  'What providers have billed, against what the book counts': 'ما فوتره المزوّدون مقابل ما يعدّه السجل',
  'The first month, like 2026-06. Five months before the last where absent.':
    'أول شهر، مثل 2026-06. وإن غاب فستة أشهر تنتهي بالأخير.',
  'The last month. The present one where absent.': 'آخر شهر. وإن غاب فالشهر الحالي.',
  'By month, the newest first.': 'بحسب الشهر، والأحدث أولًا.',
  'Write down what a provider has billed for a month': 'تدوين ما فوتره مزوّد عن شهر',
  'The provider, as models begin with it.': 'المزوّد، كما تبدأ به أسماء النماذج.',
  'The month, like 2026-06.': 'الشهر، مثل 2026-06.',
  'It, beside our own count.': 'ما دُوّن، وبجانبه عدّنا نحن.',
  'The budgets that bind you, with what is spent and held': 'الميزانيات التي تسري عليك، وما أُنفق منها وما حُجز',
  'Every budget.': 'الميزانيات كلها.',
  'Write the book of an organization anew from its ledger': 'إعادة كتابة سجل مؤسسة من دفترها',
  'How many entries were sent.': 'عدد القيود المرسلة.',

  // keys
  'Make an API key': 'إنشاء مفتاح API',
  'The key itself is shown once; only its hash is kept.': 'يظهر المفتاح مرة واحدة، ولا تُحفظ إلا بصمته.',
  'The key.': 'المفتاح.',
  'Your keys': 'مفاتيحك',
  'Change a key': 'تعديل مفتاح',
  'Revoke a key, at once': 'إلغاء مفتاح فورًا',
  'The key, revoked.': 'المفتاح بعد إلغائه.',

  // organization
  'Your active organization': 'مؤسستك الحالية',
  'The organization.': 'المؤسسة.',
  'What the organization, its members and models may spend and do': 'ما يُسمح للمؤسسة وأعضائها ونماذجها بإنفاقه وفعله',
  'Whoever has limits, and the organization itself. Keys say theirs themselves.':
    'كل من له حدود، والمؤسسة نفسها. أما المفاتيح فحدودها في بياناتها.',
  'The limits of one account': 'حدود حساب واحد',
  '`organization`, `member:usr_…` or `model:vendor/name`. A slash may be sent as it is or percent-encoded.':
    '`organization` أو `member:usr_…` أو `model:vendor/name`. تُرسل الشرطة المائلة كما هي أو مرمّزة بالنسبة المئوية.',
  'The limits, with what is spent and held.': 'الحدود، مع ما أُنفق وما حُجز.',
  'Set the limits of one account': 'تحديد حدود حساب واحد',
  'All of them: what is left out is lifted. Each holds from the next request on.':
    'الحدود كلها: ما لم يُذكر يُرفع. ويسري كل حدّ ابتداءً من الطلب التالي.',
  'Lift the limits of one account': 'رفع حدود حساب واحد',
  'It has none.': 'لا حدود له.',
  'What the organization has decided for its calls': 'ما قررته المؤسسة لطلباتها',
  'The policy and its version.': 'السياسة ورقم نسختها.',
  'Decide anew': 'تقرير السياسة من جديد',
  'As a whole: what is left out is as it was in the beginning. Where another version is present by now the answer is 409, and nothing is changed.':
    'السياسة كاملة: ما لم يُذكر يعود إلى أصله. وإن كانت النسخة الحالية غير التي قُرئت فالرد 409 ولا يتغيّر شيء.',
  'The version that was read, as `"3"`, where the body does not say it. `*` overwrites whatever is there.':
    'رقم النسخة التي قُرئت، مثل `"3"`، إن لم يُذكر في المحتوى. و`*` تكتب فوق الموجود أيًّا كان.',
  'Change a part of it': 'تغيير جزء منها',
  'What is left out stays as it is.': 'ما لم يُذكر يبقى كما هو.',
  'Rename it, or set its budget and limit': 'تغيير اسمها أو تحديد ميزانيتها وحدّها',
  'Delete it and all that it has': 'حذفها وكل ما فيها',
  'Who did what': 'من فعل ماذا',
  'A page, newest first.': 'صفحة، والأحدث أولًا.',
  'Members, with their budgets': 'الأعضاء وميزانياتهم',
  'Change a member’s role or budget': 'تغيير دور عضو أو ميزانيته',
  'The member.': 'العضو.',
  'Done.': 'تمّ.',
  'Remove a member and revoke their keys': 'إزالة عضو وإلغاء مفاتيحه',
  'Open invitations': 'الدعوات التي لم تُقبل بعد',
  'Invite somebody by mail': 'دعوة شخص بالبريد',
  'The invitation.': 'الدعوة.',
  'Withdraw an invitation': 'سحب دعوة',

  // account
  'Who you are, and what you may do': 'من أنت، وما يُسمح لك به',
  'Your account in its active organization.': 'حسابك في مؤسسته الحالية.',
  'Change your name or language': 'تغيير اسمك أو لغتك',
  'Your account.': 'حسابك.',
  'Delete your account': 'حذف حسابك',
  'Everything that is known of you, as a file': 'كل ما هو محفوظ عنك، في ملف',
  'JSON.': 'JSON.',

  // sign-in
  'Whether signing in is up': 'هل تسجيل الدخول متاح',
  'Better Auth’s answer.': 'إجابة Better Auth.',
  'Where a link that failed leads': 'الصفحة التي يصل إليها رابط لم ينجح',
  'Sign up': 'إنشاء حساب',
  'Sign in; the session comes as a cookie': 'تسجيل الدخول، وتأتي الجلسة في ملف تعريف ارتباط (cookie)',
  'Sign out': 'تسجيل الخروج',
  'The session that is open': 'الجلسة المفتوحة',
  'Your sessions': 'جلساتك',
  'End one session': 'إنهاء جلسة',
  'End all sessions': 'إنهاء الجلسات كلها',
  'End all sessions but this one': 'إنهاء الجلسات كلها عدا هذه',
  'Ask for a mail to reset the password': 'طلب رسالة لاستعادة كلمة المرور',
  'Set a new password': 'تعيين كلمة مرور جديدة',
  'The link of that mail': 'رابط تلك الرسالة',
  'The link of the mail for a new password': 'رابط رسالة كلمة المرور الجديدة',
  'From the mail.': 'من الرسالة.',
  'Ask for another verification mail': 'طلب رسالة تأكيد أخرى',
  'Change your password': 'تغيير كلمة المرور',
  'Change your address': 'تغيير عنوان بريدك',
  'Change your name': 'تغيير اسمك',
  'Begin to use a second factor': 'بدء استخدام الدخول بخطوتين',
  'Do without a second factor': 'الاستغناء عن الدخول بخطوتين',
  'The secret again, for another device': 'السرّ مرة أخرى، لجهاز آخر',
  'Prove the second factor': 'إثبات الخطوة الثانية',
  'Use a backup code': 'استخدام رمز احتياطي',
  'New backup codes': 'رموز احتياطية جديدة',
  'Make an organization': 'إنشاء مؤسسة',
  'Whether a short name is free': 'هل الاسم القصير متاح',
  'Your organizations': 'مؤسساتك',
  'Act for another organization': 'التبديل إلى مؤسسة أخرى',
  'An invitation to you': 'دعوة موجّهة إليك',
  'Accept it': 'قبولها',
  'Refuse it': 'الاعتذار عنها',
  'Leave an organization': 'مغادرة مؤسسة',

  // operators and platform
  'Everybody on this deployment': 'كل مستخدمي هذه المنصة',
  'Part of a name or address.': 'جزء من اسم أو عنوان.',
  'Every organization, with its balance': 'كل المؤسسات وأرصدتها',
  'Grant credit': 'منح رصيد',
  'The same `id` is granted once.': 'يُمنح `id` نفسه مرة واحدة.',
  'What was granted.': 'ما مُنح.',
  'Whether each service is up': 'هل كل خدمة تعمل',
  'Each service’s state.': 'حالة كل خدمة.',
  'This description': 'هذا الوصف',
  'OpenAPI 3.1.': 'OpenAPI 3.1.',

  // provider keys
  'Keys of your own for the providers, encrypted and at no price here.':
    'مفاتيح من عندك لدى المزوّدين، مشفّرة وبلا سعر هنا.',
  'Bring a key of your own': 'إضافة مفتاح من عندك',
  'For owners and admins; no API key opens this. It takes the place of the one that there is for the same provider, and is used from the next call on.':
    'للمالك والمدير، ولا يفتحه مفتاح API. يحلّ محلّ مفتاح المزوّد نفسه إن وُجد، ويُستعمل من الطلب التالي.',
  'The key, without the key itself.': 'بيانات المفتاح دون المفتاح نفسه.',
  'The provider keys of your organization': 'مفاتيح المزوّدين في مؤسستك',
  'All of them, one for each provider at the most.': 'كلها، ولكل مزوّد مفتاح واحد على الأكثر.',
  'Delete a provider key': 'حذف مفتاح مزوّد',
  'No call uses it from the moment of this answer.': 'لا يستعمله أي طلب منذ هذه الإجابة.',
  'The provider key.': 'مفتاح المزوّد.',
  'The key that is gone.': 'المفتاح الذي حُذف.',
  'Try a provider key': 'اختبار مفتاح مزوّد',
  'Asks the provider for the list of its models, which costs nothing.':
    'يسأل المزوّد عن قائمة نماذجه، ولا يكلّف ذلك شيئًا.',
  'Whether the provider takes it, and why not.': 'هل يقبله المزوّد، وإن لم يقبله فلماذا.',

  // requests
  'The requests that were logged, newest first': 'الطلبات المسجَّلة، والأحدث أولًا',
  'For owners, admins and keys with the scope `organization`. Which requests are logged, how much of them and for how long is a matter of your organization’s policy.':
    'للمالك والمدير وللمفاتيح ذات النطاق `organization`. أيّ الطلبات يُسجَّل وما يُحفظ منها ولأي مدة: ذلك لسياسة مؤسستك.',
  'The model that was asked for, or the one that answered.': 'النموذج المطلوب، أو الذي أجاب.',
  'Made with this key.': 'ما جرى بهذا المفتاح.',
  'Made by this member, or with a key of theirs.': 'ما طلبه هذا العضو، أو جرى بأحد مفاتيحه.',
  '`ok`, `error` or a status.': '`ok` أو `error` أو رمز حالة.',
  'The first moment.': 'أول لحظة.',
  'The moment after the last.': 'اللحظة التي تلي الأخيرة.',
  'One request, with what was said where that is kept': 'طلب واحد، مع ما قيل فيه إن كان محفوظًا',
  'The request’s id, as in `x-request-id`.': 'معرّف الطلب كما في `x-request-id`.',
  'The request.': 'الطلب.',
  'Delete a request from the log': 'حذف طلب من السجل',
  'Its charge stays in the ledger.': 'يبقى قيد ثمنه في الدفتر.',

  // webhooks
  'Add a webhook': 'إضافة خطاف ويب',
  'For owners, admins and keys with the scope `organization`. At most 20. The secret that deliveries are signed with is shown once.':
    'للمالك والمدير وللمفاتيح ذات النطاق `organization`. بحدّ أقصى 20. يُعرض السرّ الذي تُوقَّع به الرسائل مرة واحدة فقط.',
  'The webhook, with its secret.': 'خطاف الويب مع سرّه.',
  'The webhooks of your organization': 'خطافات الويب في مؤسستك',
  'All webhooks.': 'خطافات الويب كلها.',
  'One webhook': 'خطاف ويب واحد',
  'The webhook.': 'خطاف الويب.',
  'Change a webhook, or switch it on or off': 'تعديل خطاف ويب أو تشغيله أو إيقافه',
  'Delete a webhook and its log': 'حذف خطاف ويب مع سجلّه',
  'Give it a new secret': 'إصدار سرّ جديد له',
  'For 24 hours deliveries are signed with the new secret and with the one before.':
    'طوال 24 ساعة تُوقَّع الرسائل بالسرّ الجديد وبالذي قبله معًا.',
  'The webhook, with its new secret.': 'خطاف الويب مع سرّه الجديد.',
  'Send it a test': 'إرسال اختبار إليه',
  'An event `webhook.test`, whatever it is subscribed to and even while it is switched off.':
    'حدث `webhook.test` أيًّا كانت الأحداث التي اشترك فيها، حتى وهو موقوف.',
  'The delivery; its log says how it went.': 'عملية التسليم، وفي سجلّها ما آلت إليه.',
  'Its deliveries of the last 30 days': 'ما سُلّم إليه في آخر 30 يومًا',
  'Only deliveries in this state.': 'العمليات التي في هذه الحالة فقط.',
  'One delivery, with every attempt': 'عملية تسليم واحدة بكل محاولاتها',
  'The delivery.': 'عملية التسليم.',
  'The body as it was signed, and every attempt.': 'المحتوى كما وُقّع، وكل محاولة.',
  'Deliver it once more': 'إعادة التسليم',
  'The same event under the same `webhook-id`, at once; then as often as the first time.':
    'الحدث نفسه بالمعرّف `webhook-id` نفسه، فورًا، ثم بعدد المحاولات الأول.',

  // operators: what is sold
  'The plan.': 'الخطة.',
  'The plan as it is now.': 'الخطة كما هي الآن.',
  'The credit pack as it is now.': 'باقة الرصيد كما هي الآن.',
  'Plans and credit packs, with their versions and subscribers': 'الخطط وباقات الرصيد بإصداراتها ومشتركيها',
  'What is sold, and what was.': 'ما يُباع وما كان يُباع.',
  'Write a plan': 'كتابة خطة',
  'A new version. Whoever has subscribed keeps the version that they pay for; a new version of the free plan reaches everybody without a subscription within minutes. `if_version` is the version that was looked at, 0 for a new plan: where another is sold by now, the answer is 409 with `present_version`.':
    'إصدار جديد. يحتفظ من اشترك بالإصدار الذي يدفع ثمنه، ويصل الإصدار الجديد من الخطة المجانية إلى كل من لا اشتراك له خلال دقائق. `if_version` هو الإصدار الذي نُظر فيه، و0 لخطة جديدة: إن صار غيره يُباع فالرد 409 مع `present_version`.',
  'Sell a plan no longer': 'إيقاف بيع خطة',
  'Whoever has it keeps it. The free plan cannot be archived.': 'يحتفظ بها من لديه. ولا تُؤرشف الخطة المجانية.',
  'Sell an archived plan again': 'إعادة خطة مؤرشفة إلى البيع',
  'Write a credit pack': 'كتابة باقة رصيد',
  'A new version, guarded by `if_version` as a plan is. Credit that was bought keeps its expiry.':
    'إصدار جديد يحرسه `if_version` كما في الخطط. ويبقى للرصيد المشترى تاريخ انتهائه.',
  'Sell a credit pack no longer': 'إيقاف بيع باقة رصيد',
  'Sell an archived credit pack again': 'إعادة باقة رصيد مؤرشفة إلى البيع',
  'The money of one organization': 'أموال مؤسسة واحدة',
  'Its plan, subscription, credit, disputes and last hundred invoices.':
    'خطتها واشتراكها ورصيدها واعتراضاتها وآخر مئة فاتورة.',
  'How it stands.': 'وضعها الحالي.',
  'Start a subscription by contract': 'بدء اشتراك بعقد',
  'An invoice is sent for each period and no card is charged. `amount_minor` is for all seats together, before tax. The same request twice starts one.':
    'تُرسل فاتورة عن كل فترة ولا تُخصم أي بطاقة. `amount_minor` لكل المقاعد معًا قبل الضريبة. والطلب نفسه مرتين يبدأ اشتراكًا واحدًا.',
  'The subscription at Stripe.': 'الاشتراك لدى Stripe.',

  // payments
  'Where Stripe tells what happened': 'حيث يُبلِّغ Stripe بما جرى',
  'For Stripe alone. An event is taken where it is signed with the secret of this endpoint, was sent within the last five minutes and is of the account’s mode that is used here; anything else is answered 400 and changes nothing. It is stored before it is answered. The same event may come any number of times.':
    'لـStripe وحده. يُقبل الحدث إن كان موقّعًا بسرّ هذه النقطة، وأُرسل خلال آخر خمس دقائق، وكان من وضع الحساب المستخدم هنا؛ وما عدا ذلك يُجاب بالرمز 400 ولا يغيّر شيئًا. ويُحفظ قبل أن يُجاب، ولا ضرر من تكراره أي عدد من المرات.',
  'When it was sent, and Stripe’s signatures of the body.': 'وقت الإرسال، وتواقيع Stripe على المحتوى.',
  'Stored.': 'حُفظ.',
  'What has come from Stripe, and what became of it': 'ما وصل من Stripe وما آل إليه',
  'Only those in this state.': 'ما كان منها في هذه الحالة فقط.',
  'Only those of this type.': 'ما كان منها من هذا النوع فقط.',
  'A page, the newest first.': 'صفحة، الأحدث أولًا.',
  'Look again at what an event names': 'إعادة النظر فيما يشير إليه حدث',
  'As it is at Stripe now: nothing is granted twice.': 'بحاله الحاضرة لدى Stripe، فلا يُمنح شيء مرتين.',
  'The event.': 'الحدث.',
  'It is on its way.': 'هو في طريقه.',
  'Look again at every event that failed': 'إعادة النظر في كل حدث تعذّرت معالجته',
  'At most a thousand at a time, the oldest first.': 'ألف على الأكثر في المرة، الأقدم أولًا.',
  'They are on their way.': 'هي في طريقها.',
  'The comparisons with Stripe, the newest first': 'المطابقات مع Stripe، الأحدث أولًا',
  'Compare with Stripe now': 'المطابقة مع Stripe الآن',
  'As every night. Where a comparison runs already, it is that one.':
    'كما يجري كل ليلة. وإن كانت مطابقة جارية فهي تلك.',
  'It has begun.': 'بدأت.',
  'Differences between Stripe and the platform': 'الفروق بين Stripe والمنصة',
  'Say that a difference was dealt with': 'الإفادة بأن فرقًا عولج',
  'The difference.': 'الفرق.',
  'The difference as it is now.': 'الفرق بحاله الآن.',
  'Give money back': 'ردّ مبلغ',
  'The credit of the invoice goes back in proportion. What of it was spent is owed, and the next credit pays it. The same `id` refunds once.':
    'يُسترجع رصيد الفاتورة بنسبة المبلغ، وما أُنفق منه يصير مستحقًا يسدده الرصيد القادم. ولا يُردّ بالمعرّف `id` نفسه إلا مرة واحدة.',
  'The refund.': 'عملية الاسترداد.',
}

export default texts
