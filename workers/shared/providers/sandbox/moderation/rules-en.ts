// What the sandbox's moderation looks for in English. Phrases and not words, so that a process may be killed and a
// suicide prevented; who wants judgement and not a list configures a real model.
import type { Rules } from './rule.ts'

const people =
  '(?:jews|muslims|christians|hindus|arabs|africans|asians|mexicans|blacks|whites|gays|lesbians|trans people|immigrants|refugees|foreigners|women|disabled people|(?:black|white|gay|jewish|muslim|arab) people)'
const you = '(?:you|your (?:family|wife|husband|kids|children|mother|father|brother|sister|friends))'
const somebody =
  '(?:him|her|them|you|people|everyone|everybody|someone|somebody|(?:the|a|my|his|her|their|your) (?:man|woman|child|wife|husband|neighbou?r|boss|teacher|family|victims?|coworkers?|classmates?))'
const will =
  '(?:will|shall|am going to|m going to|im going to|ll|ill|gonna|am gonna|m gonna|im gonna|want to|would love to)'
const how =
  '(?:how (?:to|do i|can i|could i|do you|would (?:i|you|one))|teach me (?:how )?to|instructions (?:to|for|on)|steps to)'
const drugs = '(?:meth|methamphetamine|cocaine|heroin|fentanyl|crack|lsd|mdma|ecstasy|ghb)'

export const rulesEn: Rules = {
  harassment: [
    '(?:you|u) (?:are|r|re) (?:such |just |nothing but )?(?:a |an )?(?:\\p{L}+ ){0,2}(?:idiot|moron|imbecile|loser|bastard|bitch|scum|pig|whore|slut|piece of (?:shit|trash|garbage))',
    '(?:you|u) (?:are|r|re) (?:so |really |fucking )?(?:worthless|pathetic|disgusting|stupid|ugly|retarded)',
    'youre (?:a |an |so |such a |just a )?(?:idiot|moron|loser|worthless|pathetic|disgusting|stupid|ugly|piece of (?:shit|trash|garbage))',
    'fuck (?:you|off)',
    'shut (?:the fuck )?up (?:you )?(?:idiot|moron|bitch|loser)',
    '(?:nobody|no one) (?:likes|loves|wants|would miss) you',
    '(?:kill yourself|kys|go die)',
  ],
  'harassment/threatening': [
    `(?:i|we|i m|im|ill|i ll) (?:${will} )?(?:kill|murder|stab|shoot|strangle|behead|rape|torture|beat|burn|hurt) ${you}`,
    'you (?:will|are going to|re going to|deserve to) (?:die|bleed|burn|suffer)',
    'i know where you (?:live|sleep|work)',
  ],
  hate: [
    `(?:all |every |the |those |these )?${people} (?:are|is) (?:all |nothing but |just )?(?:animals|vermin|rats|cockroaches|parasites|subhumans?|filth|scum|trash|inferior|criminals|terrorists|a disease|a plague)`,
    `i (?:fucking )?hate (?:all |the |those )?${people}`,
    `${people} (?:should|must) (?:be banned|be deported|not exist|go back|have no rights|not be allowed)`,
  ],
  'hate/threatening': [
    `(?:kill|exterminate|gas|hang|shoot|burn|slaughter|wipe out|get rid of) (?:all |every |the |those |these |all the |all those )?${people}`,
    `${people} (?:should|must|deserve to|need to) (?:all )?(?:die|burn|be (?:killed|shot|hanged|gassed|exterminated|burned))`,
    `death to (?:all |the )?${people}`,
  ],
  illicit: [
    `${how} (?:make|cook|synthesi[sz]e|produce|buy|sell|smuggle) (?:some |crystal |pure )?${drugs}`,
    `${how} (?:hack into|break into|steal|shoplift|rob|launder money|forge|counterfeit|embezzle|scam|phish|clone (?:a )?credit cards?)`,
  ],
  'illicit/violent': [
    `${how} (?:make|build|assemble|create|plant|detonate) (?:a |an |the |some )?(?:\\p{L}+ )?(?:bomb|bombs|explosive|explosives|ied|grenade|molotov|molotov cocktail|nerve gas|sarin|silencer)`,
    `${how} (?:poison|murder|assassinate|kidnap|kill) ${somebody}`,
    `${how} (?:buy|get) (?:a )?(?:gun|rifle|weapon) (?:illegally|without)`,
  ],
  'self-harm': [
    '(?:cut|cutting|hurt|hurting|harm|harming|kill|killing|starve|starving|hang|hanging) (?:myself|yourself|himself|herself|themselves|ourselves)',
    '(?:commit|committed|committing|attempt|attempted) suicide',
    'slit (?:my|your|his|her|their) wrists?',
    'kys',
  ],
  'self-harm/intent': [
    'i (?:really |just |only )?(?:want|wish|plan|intend|need|have decided|am going|m going) to (?:die|be dead|kill myself|end my life|end it all|hurt myself|harm myself|cut myself|commit suicide)',
    '(?:im|i m|i am) (?:going to|gonna) (?:die by|kill myself|end my life|end it all|hurt myself|cut myself|commit suicide)',
    'i (?:will|ll) (?:kill myself|end my life|end it all|commit suicide)',
    '(?:ill|i d rather) (?:kill myself|be dead)',
    'i (?:am|m|feel) suicidal',
    'im suicidal',
  ],
  'self-harm/instructions': [
    `${how} (?:kill myself|commit suicide|cut myself|end my life|hang myself|overdose|starve myself|tie a noose)`,
    '(?:best|painless|easiest|quickest|fastest|surest) (?:way|ways|method|methods) (?:to|of) (?:die|dying|kill myself|killing myself|commit suicide|suicide|end my life)',
    'you should (?:kill|cut|hurt|hang|starve) yourself',
  ],
  sexual: [
    '(?:porn|porno|pornography|pornographic|blowjobs?|handjobs?|cumshots?|deepthroat|gangbang|hentai|milf|nudes|nude (?:pics?|photos?|pictures?)|dick pics?)',
    '(?:masturbate|masturbates|masturbated|masturbating|masturbation|orgasm|orgasms|orgasmed)',
    '(?:erotic|explicit|smut) (?:story|stories|scene|scenes|roleplay|fiction)',
    '(?:fuck|fucked|fucking) (?:me|her|him) (?:hard|harder|all night|in the)',
    '(?:sex|sexual) (?:scene|roleplay|chat|slave|toys?|act|acts)',
    '(?:naked|nude) (?:woman|women|man|men|girl|girls|boy|boys|child|children|body)',
  ],
  'sexual/minors': [
    '(?:child|kiddie|underage|preteen|teen) (?:porn|pornography|sex|nudes)',
    '(?:csam|lolicon|shotacon)',
  ],
  violence: [
    `(?:kill|killed|kills|killing|murder|murdered|stab|stabbed|stabbing|behead|beheaded|strangle|strangled|torture|tortured|shoot|shot|slaughter|slaughtered|massacre|massacred|lynch|lynched) (?:all |every one of )?${somebody}`,
    '(?:mass|school) shooting',
  ],
  'violence/graphic': [
    '(?:blood|guts|brains?|intestines|entrails) (?:was |were |is |are )?(?:spill\\p{L}*|splatter\\p{L}*|gush\\p{L}*|ooz\\p{L}*|pour\\p{L}*|spray\\p{L}*|everywhere)',
    '(?:ripped|tore|tears|cut|sliced|hacked|sawed|gouged) (?:off|open|out) (?:his|her|their|its|the) (?:head|heads|throat|arms?|legs?|eyes?|skin|limbs?|belly|heart|fingers?)',
    '(?:dismember\\p{L}*|decapitat\\p{L}*|disembowel\\p{L}*|eviscerat\\p{L}*)',
  ],
}

export const minorsEn =
  '(?:child|children|kids?|minors?|underage|preteens?|toddlers?|schoolgirls?|schoolboys?|little (?:girl|boy)s?|(?:[1-9]|1[0-7]) ?(?:year|yr) ?olds?)'
