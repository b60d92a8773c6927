/** Words that models put around a title, in the languages they answer in. Pure. */

/** “Title”. */
const TITLE =
  "(?:(?:suggested|proposed|possible|conversation|chat|short|final|my|\\d+[- ]words?)\\s+)*(?:titles?|titel|titre|título|titulo|titolo|títol|tytuł|titlu|cím|otsikko|rubrik|tittel|overskrift|název|názov|naslov|judul|tiêu đề|başlık|заголовок|название|назва|τίτλος|כותרת|(?:ال)?عنوان|शीर्षक|ชื่อเรื่อง|标题|標題|题目|題目|タイトル|題名|제목)"
const OF_CHAT =
  "(?:\\s+\\d{1,2}|\\s+(?:of (?:the |this )?(?:chat|conversation)|proposé|sugerido|suggerito|чата|беседы))?"
/** “Answer:”, “Suggestion:”, “Option 1:” */
const OTHER_LABEL =
  "(?:final )?answer|(?:titel)?vorschlag|suggestion|option \\d{1,2}|(?:对话|聊天|建议|對話|建議)的?(?:标题|標題)"
const MARKS = "[*_`#]{0,3}"
/** “Title:”, with any bold markup. */
export const LABEL = new RegExp(
  `^${MARKS}\\s*(?:${TITLE}${OF_CHAT}|${OTHER_LABEL})(?:\\s*\\([^)]*\\))?\\s*${MARKS}\\s*[:：]\\s*(?:[*_]{1,3}(?=\\s|$)\\s*)?`,
  "iu",
)
export const LABEL_ONLY = new RegExp(`^${MARKS}\\s*${TITLE}\\s*${MARKS}$`, "iu")

/** “Sure!” */
export const ASSENT =
  /^[¡]?(?:sure(?: thing)?|certainly|of course|absolutely|okay|ok|great|got it|gladly|gerne|natürlich|claro|por supuesto|bien sûr|certo|certamente|конечно|好的|当然|當然|はい|네)(?![\p{L}\p{N}])[\s,.!:–—，、。！-]*/iu

/** “Here is a title:”, before the title or on its own, by language. */
const LEADS = [
  "(?:here(?:['’]s| is| are)|this is) [^:：\\n]{0,60}\\b(?:titles?|one|suggestions?|options?|ideas?|some|json|it)\\b",
  "here you go|(?:a|the|one|my) (?:[\\w-]+ ){0,3}(?:titles?|suggestions?)|i(?:['’]d| would)? suggest|how about",
  "hier (?:ist|wäre|kommt)|der titel (?:lautet|ist|wäre)|mein (?:titel)?vorschlag|hier is een",
  "voici|le titre (?:est|serait)|je propose|aquí (?:tienes|está|va)|el título (?:es|sería)|aqui está|o título (?:é|seria)",
  "ecco (?:un|una|il|la|qui|a|le|alcuni)|il titolo (?:è|sarebbe)|oto|här är|her er|tässä|[iİ]şte|đây là|tiêu đề là|berikut|вот|предлагаю",
  "以下是|这是|這是|下面是|标题(?:是|为)|標題(?:是|為)|こちらは|こちらが|以下が|以下は|タイトルは",
  "다음은|제목은|यहाँ|إليك|هذا هو|הנה",
]
export const LEAD_IN = new RegExp(`^(?:${LEADS.join("|")})[^:：\\n]{0,80}[:：]\\s*`, "iu")

/** “The title is “…””, without a colon; captures the quoted text. */
export const QUOTED_TITLE =
  /^(?:(?:the|a|my|one) (?:[\w-]+ ){0,2}title (?:is|would be|could be)|der titel (?:lautet|ist)|le titre est|el título es|标题(?:是|为)|標題(?:是|為)|タイトルは|제목은)\s*((["“«„「『《'])[^\n]+["”»“」』》'])\s*(?:です|입니다)?[.。]?$/iu

/** Words for “no title”. */
export const NO_TITLE = /^\(?(?:n\/a|null|none|undefined|untitled|no title)\)?$/i
