/** A request as a command of curl, for any shell of POSIX. Pure. */
import { KEY_VARIABLE, type ModelRequest, pictureIn } from "@/lib/get-code/request"

/** What a shell reads in a document that it fills in. */
const escaped = (text: string): string => text.replace(/[\\$`]/g, "\\$&")

const END = "END_OF_BODY"

/** A command that reads the key from its variable and pictures from their files. */
export function toCurl({ baseUrl, key, body, files }: ModelRequest): string {
  const json = JSON.stringify(body, null, 2)
  const text = escaped(json).replace(/"\\\\u0000(picture \d+)"/g, (whole, mark: string) => {
    const file = pictureIn(`\u0000${mark}`, files)
    return file ? `"data:${file.mediaType};base64,$(base64 < ${file.name} | tr -d '\\n')"` : whole
  })
  const head = [
    `curl --no-buffer '${baseUrl.replaceAll("'", "%27")}/chat/completions' \\`,
    ...(key ? [`  -H "Authorization: Bearer $${KEY_VARIABLE}" \\`] : []),
    "  -H 'Content-Type: application/json' \\",
    `  --data-binary @- <<${END}`,
  ]
  return `${head.join("\n")}\n${text}\n${END}\n`
}
