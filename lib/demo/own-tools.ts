/** The questions that call Sparkler's own tools: based on explicit cues, so that nothing else does. */
import type { Reply, WireTool } from "@/lib/demo/protocol/wire"
import { SERVER_TOOLS } from "@/lib/demo/server-tools"

type Calls = NonNullable<Reply["calls"]>

/** By tool name: the arguments of each call that the question asks for. */
const OWN: Record<string, ((question: string) => unknown[]) | undefined> = {
  ...Object.fromEntries(
    Object.entries(SERVER_TOOLS).map(([name, read]) => [name, (question: string) => [read(question)].filter(Boolean)]),
  ),
  run_javascript: (question) =>
    /\b(?:run|execute)\b[^\n]*\b(?:javascript|js)\b/i.test(question) ? codeIn(question, /^(?:js|javascript)$/i) : [],
  run_python: (question) =>
    /\b(?:run|execute)\b[^\n]*\bpython\b/i.test(question) ? codeIn(question, /^(?:py|python)$/i) : [],
  ask_user: (question) => (/\bask me\b/i.test(question) ? [formOf(question)] : []),
}

export const isOwnTool = (name: string): boolean => Object.hasOwn(OWN, name)

/** The calls of own tools that a question asks for, in the order of the tools. */
export const ownCalls = (tools: WireTool[], question: string): Calls =>
  tools.flatMap(({ function: { name } }) =>
    (OWN[name]?.(question) ?? []).map((asked) => ({ name, arguments: JSON.stringify(asked) })),
  )

/** Code blocks in this language, or else the text after the colon. */
function codeIn(question: string, language: RegExp): { code: string }[] {
  const blocks = [...question.matchAll(/^```(\w*)[^\n]*\n([\s\S]*?)^```/gm)]
  const meant = blocks.filter(([, named = ""]) => named === "" || language.test(named))
  if (blocks.length > 0) return meant.map(([, , code = ""]) => ({ code }))
  const [, code] = /:\s*([\s\S]+)$/.exec(question) ?? []
  return code?.trim() ? [{ code: code.trim() }] : []
}

/** One question of each kind; the first is what the user asked to be asked. */
function formOf(question: string) {
  const [, about = "this"] =
    /\bask me(?:\s+(?:a few|some))?(?:\s+questions)?(?:\s+(?:about|for|what|which))?\s+([^.?!\n]{1,80})/i.exec(
      question,
    ) ?? []
  return {
    title: `About ${about}`,
    questions: [
      { id: "what", type: "text", question: `What about ${about} matters most to you?` },
      {
        id: "pace",
        type: "choice",
        question: "How much detail do you want?",
        options: ["Short", "Medium", "Thorough"],
      },
      { id: "count", type: "number", question: "How many suggestions do you want?", min: 1, max: 10, optional: true },
      { id: "begin", type: "yes_no", question: "Should I start right away?" },
    ],
  }
}
