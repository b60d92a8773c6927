import { expect, test } from "vitest"
import { cleanTitle } from "@/lib/chat/tidy-title"

test.each<[said: string, title: string | null]>([
  // Original behavior.
  ['"Lighthouses at Night."', "Lighthouses at Night"],
  ["**Title: Sparks**", "Sparks"],
  ["Title: Sparks\nand more", "Sparks"],
  ["# Heading", "Heading"],
  ["  \n ", null],
  ["", null],
  // Reasoning.
  ["<think>", null],
  ["<think>\nThe user wants a title. Maybe", null],
  ["<think>Short one.</think>\n\nSparks", "Sparks"],
  ["<think>a</think>", null],
  ["They want a title.\n</think>\n\nSparks", "Sparks"],
  ["<thinking>hm</thinking>Sparks", "Sparks"],
  ["Closing a `</think>` Tag", "Closing a `</think>` Tag"],
  // Fences and JSON.
  ["```json", null],
  ["```", null],
  ["```\nSparks\n```", "Sparks"],
  ["```text\nSparks\n```", "Sparks"],
  ['```json\n{"title": "Sparks"}\n```', "Sparks"],
  ['{"title": "Sparks"}', "Sparks"],
  ['{"title": "Spa', "Spa"],
  ['{"tags": ["a"], "title": "He said \\"no\\""}', 'He said "no"'],
  ['["Sparks", "Other"]', "Sparks"],
  ['Here is the JSON:\n```json\n{ "title": "Sparks" }\n```', "Sparks"],
  ["`Sparks`", "Sparks"],
  // Labels and lead-ins.
  ["**Title:** Sparks", "Sparks"],
  ["**Title**: Sparks", "Sparks"],
  ["*Title:* Sparks", "Sparks"],
  ["__Title:__ Sparks", "Sparks"],
  ["# Title: Sparks", "Sparks"],
  ['Title: "Sparks"', "Sparks"],
  ["Title (four words): Sparks", "Sparks"],
  ["**Title:** **Sparks**", "Sparks"],
  ['Title: *"Sparks"*', "Sparks"],
  ["Title\nSparks", "Sparks"],
  ["Here is a title:\nSparks", "Sparks"],
  ["Here is a title:", null],
  ["Here's a concise title for this conversation: Sparks", "Sparks"],
  ["Sure! Here is a title:\n\n**Sparks**", "Sparks"],
  ["Sure!\nSparks", "Sparks"],
  ["Okay, here's one: Sparks", "Sparks"],
  ["Suggested title: Sparks", "Sparks"],
  ["Titel: Funken", "Funken"],
  ["Titre : Étincelles", "Étincelles"],
  ["Título: Chispas", "Chispas"],
  ["Заголовок: Искры", "Искры"],
  ["标题：火花", "火花"],
  ["タイトル：火花", "火花"],
  ["제목: 불꽃", "불꽃"],
  ["Voici un titre :\nÉtincelles", "Étincelles"],
  // Characters that belong to the title.
  ["__init__ in Python", "__init__ in Python"],
  ["`__init__`", "__init__"],
  ["Using *args and **kwargs", "Using *args and **kwargs"],
  ["*args and **kwargs", "*args and **kwargs"],
  ["**Bold** and *Italic*", "**Bold** and *Italic*"],
  ['"Yes" and "No"', '"Yes" and "No"'],
  ["snake_case_names_", "snake_case_names_"],
  ["'90s Music", "'90s Music"],
  ["Rock 'n' Roll", "Rock 'n' Roll"],
  ['A Monitor of 27"', 'A Monitor of 27"'],
  ["Intro to C#", "Intro to C#"],
  ["Learning C++", "Learning C++"],
  ["C++.", "C++"],
  ["Deploying Node.js", "Deploying Node.js"],
  ["Deploying Node.js.", "Deploying Node.js"],
  ["Travel in the U.S.A.", "Travel in the U.S.A."],
  ["Waiting for…", "Waiting for…"],
  ["Waiting for...", "Waiting for..."],
  ["Who Are You?", "Who Are You?"],
  ["Python: A Beginning", "Python: A Beginning"],
  ["Vec<String> in Rust", "Vec<String> in Rust"],
  ["2. Bundesliga", "2. Bundesliga"],
  ["-1 as an Index", "-1 as an Index"],
  ["🎉 Party Plans 🎉", "🎉 Party Plans 🎉"],
  ["🎉", "🎉"],
  // Markup around the whole title.
  ["**Sparks**", "Sparks"],
  ["*Sparks.*", "Sparks"],
  ["__Big Sparks__", "Big Sparks"],
  ["***Sparks***", "Sparks"],
  ['**"Sparks"**', "Sparks"],
  ['"Sparks".', "Sparks"],
  ["“Sparks”", "Sparks"],
  ["„Funken“", "Funken"],
  ["«Искры»", "Искры"],
  ["「火花」", "火花"],
  ["《火花》", "火花"],
  ["'Sparks'", "Sparks"],
  ['"Sparks', "Sparks"],
  ["<title>Sparks</title>", "Sparks"],
  ["[Sparks](https://example.com)", "Sparks"],
  ["火花。", "火花"],
  // Lists and lines.
  ["1. Sparks\n2. Flames\n3. Fire", "Sparks"],
  ["- Sparks\n- Flames", "Sparks"],
  ["* **Sparks**", "Sparks"],
  ["Here are some titles:\n\n1. **Sparks**\n2. Flames", "Sparks"],
  ["---\nSparks", "Sparks"],
  ["> Sparks", "Sparks"],
  ["\r\nSparks\r\nThis title says it.", "Sparks"],
  ["A  title\twith   spaces", "A title with spaces"],
  // Reasoning of other models.
  ["<thought>hm</thought>Sparks", "Sparks"],
  ["<think type='x'>a</think>Sparks", "Sparks"],
  ["<reasoning>cut", null],
  ["◁think▷a◁/think▷Sparks", "Sparks"],
  ["<seed:think>a</seed:think>Sparks", "Sparks"],
  ["<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>final<|message|>Sparks", "Sparks"],
  // Text around it, in many languages.
  ["**Title**\nSparks", "Sparks"],
  ['The title is "Sparks"', "Sparks"],
  ['A good title would be "Sparks".', "Sparks"],
  ["Certainly! Sparks", "Sparks"],
  ["Sure thing! Here is a title: Sparks", "Sparks"],
  ["Here you go: Sparks", "Sparks"],
  ["Suggestion: Sparks", "Sparks"],
  ["Final answer: Sparks", "Sparks"],
  ["Title of chat: Sparks", "Sparks"],
  ["5-word title: Sparks", "Sparks"],
  ["Option 1: Sparks\nOption 2: Flames", "Sparks"],
  ["1. **Sparks**: about fire", "Sparks"],
  ["Der Titel lautet: Funken", "Funken"],
  ["Titelvorschlag: Funken", "Funken"],
  ["Titre proposé : Étincelles", "Étincelles"],
  ["¡Claro! Aquí tienes un título: Chispas", "Chispas"],
  ["El título es: Chispas", "Chispas"],
  ["Oto tytuł: Iskry", "Iskry"],
  ["Название чата: Искры", "Искры"],
  ["Hier is een titel: Vonken", "Vonken"],
  ["Här är en titel: Gnistor", "Gnistor"],
  ["Tässä otsikko: Kipinöitä", "Kipinöitä"],
  ["İşte bir başlık: Kıvılcımlar", "Kıvılcımlar"],
  ["Đây là tiêu đề: Tia lửa", "Tia lửa"],
  ["Berikut judulnya: Percikan", "Percikan"],
  ["好的，标题是：火花", "火花"],
  ["好的！标题：《火花》", "火花"],
  ["對話標題：火花", "火花"],
  ["タイトルは「火花」です。", "火花"],
  ["はい、タイトルは：火花", "火花"],
  ["다음은 제목입니다: 불꽃", "불꽃"],
  ["यहाँ शीर्षक है: चिंगारी", "चिंगारी"],
  ["العنوان: شرارات", "شرارات"],
  ["إليك عنوانًا: شرارات", "شرارات"],
  ["הנה כותרת: ניצוצות", "ניצוצות"],
  // Malformed JSON, HTML, escapes.
  ["{'title': 'Sparks'}", "Sparks"],
  ["<title>Sparks", "Sparks"],
  ["<answer>Sparks</answer>", "Sparks"],
  ['\\"Sparks\\"', "Sparks"],
  ["Sparks**", "Sparks"],
  ["\u202eSparks\u0000", "Sparks"],
  ["N/A", null],
  ["Untitled", null],
  // Titles that only resemble such text.
  ["Sure Fire Ways", "Sure Fire Ways"],
  ["Sure, Sparks", "Sure, Sparks"],
  ["Here We Go: A Story", "Here We Go: A Story"],
  ["This is Spinal Tap: Review", "This is Spinal Tap: Review"],
  ["The Title of a Book", "The Title of a Book"],
  ["Title Case in CSS", "Title Case in CSS"],
  ["Das Titelblatt: Entwurf", "Das Titelblatt: Entwurf"],
  ["Ecco Shoes: Review", "Ecco Shoes: Review"],
  ["标题党现象", "标题党现象"],
  ["None in Python", "None in Python"],
  ["Sparks &amp; Fire", "Sparks &amp; Fire"],
  // Length.
  ["x".repeat(500), "x".repeat(80)],
  ["👩‍👩‍👧".repeat(20), "👩‍👩‍👧".repeat(10)],
  ["word ".repeat(40), `${"word ".repeat(15).trim()}…`],
])("%j becomes %j", (said, title) => {
  expect(cleanTitle(said)).toBe(title)
})

test("for any input, a title is one short line or null, and tidying it again changes nothing", () => {
  const bits = [
    '"',
    "*",
    "_",
    "`",
    "#",
    "- ",
    "1. ",
    "Title: ",
    "\n",
    "Sparks ",
    ".",
    "…",
    "{",
    "}",
    "<think>",
    "</think>",
    "🎉",
    ":",
    " ",
  ]
  let seed = 7
  for (let run = 0; run < 3_000; run++) {
    let said = ""
    for (let n = 0; n < 8; n++) {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
      said += bits[seed % bits.length]
    }
    const title = cleanTitle(said)
    if (title === null) continue
    expect(title.length, said).toBeGreaterThan(0)
    expect(title.length, said).toBeLessThanOrEqual(80)
    expect(title, said).toBe(title.trim())
    expect(title, said).not.toMatch(/[\r\n]/)
  }
})

test("endless markers and lines before a title are not stripped one by one", () => {
  for (const mark of ["> ", "- ", "# ", "Title: "]) {
    expect(cleanTitle(`${mark.repeat(5)}Sparks`)).toMatch(/Sparks$/)
    expect(cleanTitle(`${mark.repeat(5_000)}Sparks`) ?? "").not.toContain("Sparks")
  }
  expect(cleanTitle(`${"\n".repeat(300)}Sparks`)).toBe("Sparks")
  expect(cleanTitle(`${"\n".repeat(3_000)}Sparks`)).toBeNull()
})
