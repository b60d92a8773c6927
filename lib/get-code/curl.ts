/** A request as a curl command for any POSIX shell. Pure. */
import { KEY_VARIABLE, type ModelRequest, pictureIn } from "@/lib/get-code/request"

/** Escapes what a shell expands in a here-document. */
const escaped = (text: string): string => text.replace(/[\\$`]/g, "\\$&")

const END = "END_OF_BODY"

/** A command that reads the key from its variable and images from their files. */
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
