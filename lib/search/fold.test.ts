import { expect, test } from "vitest"
import { excerptOf } from "@/lib/search/excerpt"
import { fold } from "@/lib/search/fold"
import { parseQuery } from "@/lib/search/query"
import { indexed } from "@/lib/search/words"

test.each([
  ["Οδυσσέας", "οδυσσεασ"],
  ["ΟΔΥΣΣΕΑΣ", "οδυσσέας"],
  ["Straße", "STRASSE"],
  ["STRAẞE", "strasse"],
  ["İstanbul", "istanbul"],
  ["ISPARTA", "ısparta"],
  ["ﬁnﬂuﬀ", "finfluff"],
  ["ｶﾞｲﾄﾞ", "ガイド"],
  ["ＡＢＣ１２３", "abc123"],
  ["Ёлка", "елка"],
  ["обʼєкт", "об'єкт"],
  ["обʼєкт", "об’єкт"],
  ["Oʻzbekiston", "o'zbekiston"],
  ["مُحَمَّد", "محمد"],
  ["محـــمد", "محمد"],
  ["أحمد", "احمد"],
  ["مدرسة", "مدرسه"],
  ["علی", "علي"],
  ["کتاب", "كتاب"],
  ["می\u200cخواهم", "میخواهم"],
  ["٢٠٢٦", "2026"],
  ["۲۰۲۶", "2026"],
  ["שָׁלוֹם", "שלום"],
  ["שלום", "שלומ"],
  ["exam\u00adple", "example"],
  ["Łódź", "lodz"],
  ["Ħal", "hal"],
])("%s is found by %s, and highlighted", async (text, typed) => {
  const query = parseQuery(`${typed} `)
  const { terms, text: stored } = await indexed(`before ${text} after`, "u")
  expect(query).not.toBeNull()
  for (const term of query?.terms ?? []) expect(terms).toContain(term)
  for (const needle of query?.needles ?? []) expect(stored).toContain(needle)
  const excerpt = excerptOf(`before ${text} after`, query?.clauses ?? [])
  const marked = excerpt.marks.map(([start, end]) => excerpt.text.slice(start, end)).join("")
  expect(marked.length).toBeGreaterThan(0)
  expect(text).toContain(marked)
})

test.each([
  ["мой", "мои"],
  ["їжак", "іжак"],
  ["ガ", "カ"],
  ["가", "나"],
])("%s and %s are distinct words", (one, other) => {
  expect(fold(one)).not.toBe(fold(other))
  expect(fold(one.normalize("NFD"))).toBe(fold(one))
})
