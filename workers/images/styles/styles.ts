// How a picture can look, as data: a name and a sentence for people, words for models, in both languages. A row is all that
// a new style needs.
import type { ImageStyle } from '#shared/contracts/images'

interface Style extends ImageStyle {
  /** What is added to a prompt: in its own language where the model reads it, else in English. */
  words: { en: string; ar: string }
  /** What is kept out where the model can be told so. */
  without?: { en: string; ar: string }
}

export const styles: readonly Style[] = [
  {
    id: 'photo',
    name: { en: 'Photograph', ar: 'صورة فوتوغرافية' },
    description: { en: 'As a camera sees it', ar: 'كما تراها عدسة الكاميرا' },
    colours: ['#8fa3b0', '#d9c7a8', '#3b4a52'],
    words: {
      en: 'realistic photograph, natural light, 50 mm lens, shallow depth of field, fine detail',
      ar: 'صورة فوتوغرافية واقعية، إضاءة طبيعية، عدسة 50 مم، عمق ميدان ضحل، تفاصيل دقيقة',
    },
    without: { en: 'illustration, drawing, plastic skin', ar: 'رسم توضيحي، بشرة بلاستيكية' },
  },
  {
    id: 'cinematic',
    name: { en: 'Cinematic', ar: 'سينمائي' },
    description: { en: 'A still of a film', ar: 'لقطة من فيلم' },
    colours: ['#0e2a38', '#d98b4a', '#1b1b1f'],
    words: {
      en: 'cinematic film still, dramatic lighting, anamorphic framing, teal and orange grading, film grain',
      ar: 'لقطة سينمائية، إضاءة درامية، تأطير عريض، تدرّج لوني بين الأزرق المخضر والبرتقالي، حبيبات فيلم',
    },
  },
  {
    id: 'product',
    name: { en: 'Product shot', ar: 'صورة منتج' },
    description: { en: 'A clean studio for a shop', ar: 'استوديو نظيف يناسب المتاجر' },
    colours: ['#f4f4f2', '#c9ccd1', '#2f3136'],
    words: {
      en: 'studio product photograph, seamless plain background, softbox lighting, crisp edges, soft shadow',
      ar: 'صورة منتج في استوديو، خلفية سادة متصلة، إضاءة ناعمة، حواف واضحة، ظل خفيف',
    },
    without: { en: 'clutter, people, text', ar: 'فوضى، أشخاص، كتابة' },
  },
  {
    id: 'portrait',
    name: { en: 'Portrait', ar: 'بورتريه' },
    description: { en: 'A face in good light', ar: 'وجه في ضوء جميل' },
    colours: ['#b98a6d', '#f1dcc9', '#4a342a'],
    words: {
      en: 'portrait, soft window light, 85 mm lens, gentle background blur, true skin tones',
      ar: 'بورتريه، ضوء نافذة ناعم، عدسة 85 مم، خلفية مموّهة بلطف، ألوان بشرة حقيقية',
    },
  },
  {
    id: 'watercolour',
    name: { en: 'Watercolour', ar: 'ألوان مائية' },
    description: { en: 'Washes on rough paper', ar: 'طبقات شفافة على ورق خشن' },
    colours: ['#a8d3e0', '#f3c9b5', '#e8efe4'],
    words: {
      en: 'watercolour painting, soft washes, bleeding edges, visible paper texture, light palette',
      ar: 'لوحة بالألوان المائية، طبقات لونية ناعمة، حواف ذائبة، ملمس ورق ظاهر، ألوان فاتحة',
    },
  },
  {
    id: 'oil',
    name: { en: 'Oil painting', ar: 'لوحة زيتية' },
    description: { en: 'Thick strokes on canvas', ar: 'ضربات فرشاة كثيفة على القماش' },
    colours: ['#6b4423', '#c58b3b', '#23384f'],
    words: {
      en: 'oil painting on canvas, visible brush strokes, rich colours, classical composition',
      ar: 'لوحة زيتية على قماش، ضربات فرشاة ظاهرة، ألوان غنية، تكوين كلاسيكي',
    },
  },
  {
    id: 'ink',
    name: { en: 'Ink drawing', ar: 'رسم بالحبر' },
    description: { en: 'Black lines, white paper', ar: 'خطوط سوداء على ورق أبيض' },
    colours: ['#141414', '#f6f4ee', '#7d7d7d'],
    words: {
      en: 'black ink drawing, fine line work, cross-hatching, white paper',
      ar: 'رسم بالحبر الأسود، خطوط دقيقة، تظليل متقاطع، ورق أبيض',
    },
  },
  {
    id: 'flat',
    name: { en: 'Flat illustration', ar: 'رسم مسطّح' },
    description: { en: 'Simple shapes, few colours', ar: 'أشكال بسيطة وألوان قليلة' },
    colours: ['#3f7cac', '#f2b134', '#ed553b'],
    words: {
      en: 'flat vector illustration, simple geometric shapes, limited palette, clean edges, no gradients',
      ar: 'رسم توضيحي مسطّح، أشكال هندسية بسيطة، ألوان محدودة، حواف نظيفة، بلا تدرّجات',
    },
  },
  {
    id: 'isometric',
    name: { en: 'Isometric', ar: 'إيزومتري' },
    description: { en: 'A small world seen from above', ar: 'عالم صغير يُرى من أعلى' },
    colours: ['#7f6bd1', '#ffd28f', '#5fc3b0'],
    words: {
      en: 'isometric illustration, three-quarter view from above, tidy details, soft shadows',
      ar: 'رسم إيزومتري، منظور ثلاثة أرباع من أعلى، تفاصيل مرتبة، ظلال ناعمة',
    },
  },
  {
    id: '3d',
    name: { en: '3D render', ar: 'تصيير ثلاثي الأبعاد' },
    description: { en: 'Round shapes and soft light', ar: 'أشكال مستديرة وضوء ناعم' },
    colours: ['#f2a7c3', '#b8e0ff', '#fff3d6'],
    words: {
      en: '3D render, soft rounded shapes, global illumination, subtle materials, pastel background',
      ar: 'تصيير ثلاثي الأبعاد، أشكال مستديرة ناعمة، إضاءة شاملة، خامات رقيقة، خلفية بألوان الباستيل',
    },
  },
  {
    id: 'anime',
    name: { en: 'Anime', ar: 'أنمي' },
    description: { en: 'A frame of an animated film', ar: 'إطار من فيلم رسوم متحركة' },
    colours: ['#7ec8f2', '#ff8fa3', '#2b2d42'],
    words: {
      en: 'anime illustration, clean line art, cel shading, expressive light, detailed background',
      ar: 'رسم أنمي، خطوط نظيفة، تظليل مسطّح، ضوء معبّر، خلفية مفصّلة',
    },
  },
  {
    id: 'pixel',
    name: { en: 'Pixel art', ar: 'فن البكسل' },
    description: { en: 'Like an old game', ar: 'كألعاب أيام زمان' },
    colours: ['#29366f', '#5fcde4', '#fbf236'],
    words: {
      en: 'pixel art, 16-bit palette, crisp pixels, no anti-aliasing',
      ar: 'فن البكسل، لوحة ألوان 16 بت، بكسلات حادة بلا تنعيم',
    },
  },
  {
    id: 'geometric',
    name: { en: 'Islamic geometry', ar: 'زخرفة إسلامية' },
    description: { en: 'Stars and interlaced lines', ar: 'نجوم وخطوط متشابكة' },
    colours: ['#0b5563', '#d4a94e', '#f3ead7'],
    words: {
      en: 'Islamic geometric ornament, interlaced star patterns, exact symmetry, turquoise and gold tilework',
      ar: 'زخرفة هندسية إسلامية، نجوم متشابكة، تماثل دقيق، بلاط فيروزي وذهبي',
    },
  },
  {
    id: 'miniature',
    name: { en: 'Miniature painting', ar: 'منمنمة' },
    description: { en: 'As in an illuminated manuscript', ar: 'كما في المخطوطات المزوّقة' },
    colours: ['#9c2f2f', '#1f4e79', '#e3b448'],
    words: {
      en: 'miniature painting of an illuminated manuscript, flat perspective, gold leaf, fine ornament, mineral colours',
      ar: 'منمنمة من مخطوط مزوّق، منظور مسطّح، ورق ذهب، زخارف دقيقة، ألوان معدنية',
    },
  },
  {
    id: 'poster',
    name: { en: 'Vintage poster', ar: 'ملصق قديم' },
    description: { en: 'Bold shapes, faded print', ar: 'أشكال جريئة وطباعة باهتة' },
    colours: ['#d1495b', '#edae49', '#00798c'],
    words: {
      en: 'vintage travel poster, bold simplified shapes, screen-print texture, faded colours',
      ar: 'ملصق سفر قديم، أشكال جريئة مبسّطة، ملمس طباعة بالشاشة الحريرية، ألوان باهتة',
    },
  },
  {
    id: 'sticker',
    name: { en: 'Sticker', ar: 'ملصق لاصق' },
    description: { en: 'One thing with a white border', ar: 'شيء واحد بحدّ أبيض' },
    colours: ['#ffffff', '#ff7f50', '#40c9a2'],
    words: {
      en: 'die-cut sticker of a single subject, thick white border, simple shading, plain background',
      ar: 'ملصق لاصق لعنصر واحد، حدّ أبيض عريض، تظليل بسيط، خلفية سادة',
    },
  },
]

export const findStyle = (id: string): Style | undefined => styles.find((style) => style.id === id)
