/** A request as JavaScript programs: with OpenAI's package, and with the AI SDK. Pure. */
import { aiSdkParts } from "@/lib/get-code/ai-sdk-parts"
import {
  KEY_VARIABLE,
  literal,
  type ModelRequest,
  type PictureFile,
  pictureIn,
  type Writing,
} from "@/lib/get-code/request"

const PLAIN_NAME = /^[A-Za-z_$][\w$]*$/

/** Long multi-line text is easier to read as a template literal. */
function text(value: string): string {
  const plain = JSON.stringify(value.toWellFormed()).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029")
  const lines = value.isWellFormed() && /\n/.test(value) && !/[^\P{Cc}\n\t]/u.test(value)
  return lines ? `\`${value.replace(/[\\`]|\$\{/g, "\\$&")}\`` : plain
}

const writing = (files: PictureFile[]): Writing => ({
  text: (value) => {
    const file = pictureIn(value, files)
    return file ? `dataUri(${JSON.stringify(file.name)}, ${JSON.stringify(file.mediaType)})` : text(value)
  },
  name: (value) => (PLAIN_NAME.test(value) && value !== "__proto__" ? value : `[${JSON.stringify(value)}]`),
  true: "true",
  false: "false",
  null: "null",
})

const DATA_URI = `const dataUri = (file, type) => \`data:\${type};base64,\${readFileSync(file, "base64")}\``

const keyOf = (key: boolean): string => (key ? `process.env.${KEY_VARIABLE}` : `"none"`)

const readsFiles = (files: PictureFile[]): string[] =>
  files.length > 0 ? [`import { readFileSync } from "node:fs"`] : []

/** With OpenAI's package. */
export function toOpenAi({ baseUrl, key, body, files }: ModelRequest): string {
  const streams = body.stream === true
  const after = streams
    ? `for await (const { choices } of answer) process.stdout.write(choices[0]?.delta?.content ?? "")`
    : `console.log(answer.choices[0].message.content)`
  return `// npm install openai
${[...readsFiles(files), `import OpenAI from "openai"`].join("\n")}

const client = new OpenAI({ apiKey: ${keyOf(key)}, baseURL: ${JSON.stringify(baseUrl)} })
${files.length > 0 ? `${DATA_URI}\n` : ""}
const answer = await client.chat.completions.create(${literal(body, writing(files))})
${after}
`
}

/** With the AI SDK. */
export function toAiSdk(request: ModelRequest): string {
  const { baseUrl, key, files } = request
  const { model, settings, extra, names } = aiSdkParts(request.body)
  const own = writing(files)
  const ai = ["streamText", ...names].sort().join(", ")
  const rest = Object.keys(extra).length > 0 ? `(body) => ({ ...body, ...${literal(extra, own, "  ")} })` : ""
  return `// npm install ai @ai-sdk/openai-compatible
${[...readsFiles(files), `import { createOpenAICompatible } from "@ai-sdk/openai-compatible"`, `import { ${ai} } from "ai"`].join("\n")}

const provider = createOpenAICompatible({
  name: "fireworks",
  baseURL: ${JSON.stringify(baseUrl)},
  apiKey: ${keyOf(key)},
  includeUsage: true,
  supportsStructuredOutputs: true,${rest ? `\n  // What the SDK has no option for.\n  transformRequestBody: ${rest},` : ""}
})
${files.length > 0 ? `${DATA_URI}\n` : ""}
const { textStream } = streamText({
  model: provider(${JSON.stringify(model)}),
${settings.map(([name, value]) => `  ${name}: ${codeOf(value, own)},\n`).join("")}})
for await (const text of textStream) process.stdout.write(text)
`
}

const codeOf = (value: unknown, own: Writing): string =>
  typeof value === "function" ? value((inner: unknown) => literal(inner, own, "  ")) : literal(value, own, "  ")
