// Arabic in Latin letters, as chats write it: digits for sounds that Latin lacks (3 ع, 7 ح, 2 ء, 5 خ, 9 ص) and a
// vocabulary of its own. Names of formats and versions ("mp3", "Log4j", "3D") have digits as well, and are not it.

/** Words that no other language writes so. */
const sure = new Set(
  `ezayak ezayek izayak izayek ezzayak ezzayek shlonak shlonik shlonek chlonak shou shoo mesh mish mosh msh inshallah inchallah enshallah
  inshalla habibi habibti habiby keefak kifak keefik kifik kifek kefak yaani wallah wallahi walla yalla yallah khalas khalass mashallah alhamdulillah
  alhamdulilah hamdulillah hamdella marhaba ahlan shukran choukran shokran afwan aywa aiwa aywah eih leih lesh leish wein wayn wainak weinak
  emta imta meen adesh addesh addeish kteer ktir awi awy gedan giddan jiddan kwayes kwayyes kwayesa mabsoot mabsout mafi mafeesh mafish
  hayda hayde hatha keda kida kda delwaty dilwati ennaharda elnaharda bokra bukra akeed tayeb tayyib maalesh malesh labas bzaf bezaf bezzaf
  bzzaf wakha daba chno chnou wach kayn kayen dyal dyali barcha chkoun winek nheb sabah sabahel sahbi khouya khoya salam salamo alaikum
  aleikum assalamu ezay izay ezzay leeh lih shwaya shwayya shway chwiya ghadi bghit kifash kifach mnin fayn fein feen khalina hala3 eshta ya7abibi
  momken mumkin mumken lazem lazim mafhoom mawgood bardo bardu barra gowa bto2 ento entoo ehna howa heyya dah deh kol kull haga
  sho3ur fekra shoghl shughl youm naharda embareh mbareh msa sabaho baba3 mama3 rabena yarab esmak ismak esmik ismik halak halik 7alak inta inti enta enti`.split(
    /\s+/,
  ),
)

/** Words that another language has as well: they count only beside a sure one. */
const perhaps = new Set(
  'el al ya w wa ana la bas bass fi min men kam fen fin hay had sah tab ma sa bel fel lel kif kol 3 shu sho leh da di eh yani bs'.split(
    ' ',
  ),
)

/** Latin function words that show another language: one for each Arabizi word is enough to overrule it. */
const foreign = new Set(
  `the is are you your how what why where when who do does did can could would should and or not this that with for of to in on it my me we they have has
  i a an be was from at as if but please le les des une est pas vous nous je tu que qui dans pour avec sur et ou où mon ma los las una es que por para
  con como el? der die das und ist nicht ich sie mit ein eine bir ve bu için ne mi`.split(/\s+/),
)

/** After a leading digit these make a measure, an ordinal or a term: 3D, 2nd, 5km, 7zip, 2fa, 3js. */
const measures =
  /^\d+(d|st|nd|rd|th|am|pm|x|k|g|m|s|h|km|kg|mg|gb|mb|tb|kb|ms|px|cm|mm|min|mins|hr|hrs|day|days|week|weeks|month|months|year|years|fa|way|star|stars|bit|bits|ish|js|zip|eleven|step|steps|dimensional|nite|morrow|gether|pac|go|ds|de|ème|eme|er|e|º|ª|tier|ply|page|pages)$/

const vowel = /[aeiouy]/

/** 1 where a digit stands for an Arabic sound beyond doubt, ½ where it may. */
function digitScore(word: string): number {
  if (!/[a-z]/.test(word) || !/[2-9]/.test(word) || /\d{2}/.test(word.replace(/33|77|22/g, '3')) || !vowel.test(word))
    return 0
  if (/[014]/.test(word)) return 0
  if (measures.test(word)) return 0
  if (/^[23579][a-z]{2,}[a-z23579]*$/.test(word)) return 1
  if (/^[a-z]+[237][a-z]+$/.test(word))
    return /^(h2o|co2|[a-z]2[a-z]|p2p|b2b|b2c|c2c|e2e|i2c|o2o|s2s|peer2peer|text2\w+|word2vec|node2vec|speech2text|img2img|txt2img|pdf2\w+|\w+2(text|pdf|png|csv|json|html|img|vec|seq))$/.test(
      word,
    )
      ? 0
      : 1
  if (/^[a-z]+[589][a-z]+$/.test(word)) return 0.5
  if (/^[a-z]*[aeiouy][a-z]*[237]$/.test(word))
    return /^(html|python|vue|web|es|css|mp|ps|gpt|claude|llama|windows|win|type|type|bootstrap|angular|drupal|php|ruby|lua|rtx|gtx|phi|qwen|gemini|gemma|grok|opus|haiku|sonnet|part|chapter|level|version|option|step|page|figure|table|question|grade|day|week|year|area|zone|tier|room|route|team|group|phase|stage|iphone|galaxy|pixel|note|model|dune|toy)\d$/.test(
      word,
    )
      ? 0
      : 0.5
  return 0
}

/** How much of a Latin-script text is Arabizi: from 0 (none) to 1. */
export function arabiziShare(text: string): number {
  const tokens = text.toLowerCase().match(/[\p{L}\d']+/gu) ?? []
  const words = tokens.filter((word) => /\p{L}/u.test(word)).map((word) => word.replaceAll("'", ''))
  if (words.length === 0 || /[şğıßñąęłžšřů]/.test(text.toLowerCase())) return 0
  const certain = words.reduce((sum, word) => sum + (sure.has(word) ? 1 : digitScore(word)), 0)
  if (certain < 0.5) return 0
  const maybe = words.filter((word) => perhaps.has(word)).length
  const others = words.filter((word) => foreign.has(word) && !perhaps.has(word)).length
  // One doubtful word alone ("mama3") is not a language.
  if (certain + 0.4 * maybe < 1 && words.length > 2) return 0
  if (others > 0 && others >= certain) return 0
  return Math.min(1, (certain + 0.4 * maybe) / words.length)
}
