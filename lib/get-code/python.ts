/** A request as Python programs: with OpenAI's package, and with only the standard library. Pure. */
import {
  KEY_VARIABLE,
  literal,
  type ModelRequest,
  type PictureFile,
  pictureIn,
  type Writing,
} from "@/lib/get-code/request"

/** Parameters that the methods of OpenAI's package know; they reject others, which go into `extra_body`. */
const KNOWN = new Set([
  ...["frequency_penalty", "logprobs", "max_tokens", "messages", "model", "presence_penalty", "reasoning_effort"],
  ...["response_format", "seed", "stop", "stream", "stream_options", "temperature", "tool_choice", "tools"],
  ...["top_logprobs", "top_p"],
])

/** JSON's escapes mean the same in Python; a lone surrogate can't be sent. */
const quoted = (value: string): string => JSON.stringify(value.toWellFormed())

const writing = (files: PictureFile[]): Writing => ({
  text: (value) => {
    const file = pictureIn(value, files)
    return file ? `data_uri(${quoted(file.name)}, ${quoted(file.mediaType)})` : quoted(value)
  },
  name: quoted,
  true: "True",
  false: "False",
  null: "None",
})

const DATA_URI = `def data_uri(file, media_type):
    with open(file, "rb") as picture:
        return f"data:{media_type};base64,{base64.b64encode(picture.read()).decode()}"`

/** With OpenAI's package. */
export function toPythonOpenAi({ baseUrl, key, body, files }: ModelRequest): string {
  const own = writing(files)
  const entries = Object.entries(body)
  const known = entries.filter(([name]) => KNOWN.has(name))
  const extra = Object.fromEntries(entries.filter(([name]) => !KNOWN.has(name)))
  const args = [
    ...known.map(([name, value]) => `    ${name}=${literal(value, own, "    ")},`),
    ...(Object.keys(extra).length > 0 ? [`    extra_body=${literal(extra, own, "    ")},`] : []),
  ]
  const after =
    body.stream === true
      ? `for chunk in answer:
    if chunk.choices and chunk.choices[0].delta.content:
        print(chunk.choices[0].delta.content, end="", flush=True)`
      : `print(answer.choices[0].message.content)`
  return `# pip install openai
${files.length > 0 ? "import base64\n" : ""}import os

from openai import OpenAI

client = OpenAI(api_key=${key ? `os.environ["${KEY_VARIABLE}"]` : `"none"`}, base_url=${quoted(baseUrl)})

${files.length > 0 ? `\n${DATA_URI}\n\n\n` : ""}answer = client.chat.completions.create(
${args.join("\n")}
)
${after}
`
}

/** With only the standard library. */
export function toPython({ baseUrl, key, body, files }: ModelRequest): string {
  const after =
    body.stream === true
      ? `    for line in answer:
        data = line.decode().removeprefix("data:").strip()
        if not line.startswith(b"data:") or data == "[DONE]":
            continue
        for choice in json.loads(data).get("choices", []):
            print(choice.get("delta", {}).get("content") or "", end="", flush=True)`
      : `    print(json.load(answer)["choices"][0]["message"]["content"])`
  return `${files.length > 0 ? "import base64\n" : ""}import json
import os
import urllib.request

${files.length > 0 ? `\n${DATA_URI}\n\n\n` : ""}body = ${literal(body, writing(files))}
request = urllib.request.Request(
    ${quoted(`${baseUrl}/chat/completions`)},
    data=json.dumps(body).encode(),
    headers={${key ? `\n        "Authorization": f"Bearer {os.environ['${KEY_VARIABLE}']}",` : ""}
        "Content-Type": "application/json",
        "User-Agent": "python",
    },
)
with urllib.request.urlopen(request) as answer:
${after}
`
}
