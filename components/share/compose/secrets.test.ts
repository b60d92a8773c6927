import { expect, test } from "vitest"
import { withSecrets } from "@/components/share/compose/use-compose"
import { type FoundSecret, isRedacted } from "@/lib/share/options"

const secret = (id: string, kind: FoundSecret["kind"]): FoundSecret => ({ id, kind, text: id })
const [a, b, key] = [secret("a", "email"), secret("b", "email"), secret("k", "key")]
const all = [a, b, key]
const blackOf = (blackOut: Parameters<typeof withSecrets>[0]) =>
  all.filter((one) => isRedacted(one, blackOut)).map(({ id }) => id)

test("a secret is redacted, and shown again", () => {
  const one = withSecrets({ kinds: [], ids: [] }, { secrets: [a], all, black: true })
  expect(blackOf(one)).toEqual(["a"])
  expect(blackOf(withSecrets(one, { secrets: [a], all, black: false }))).toEqual([])
})

test("when a kind is redacted, one secret can be revealed while the others stay redacted", () => {
  const whole = { kinds: ["email" as const], ids: ["k"] }
  const opened = withSecrets(whole, { secrets: [a], all, black: false })
  expect(blackOf(opened)).toEqual(["b", "k"])
  expect(opened.kinds).toEqual([])
})

test("secrets that are not visible now keep their state", () => {
  const hidden = withSecrets({ kinds: [], ids: ["elsewhere"] }, { secrets: [b], all, black: true })
  expect(hidden.ids.toSorted()).toEqual(["b", "elsewhere"])
})
