"use client"

import { useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { PeopleField } from "@/components/share/compose/people-field"
import { addReader, removeReader } from "@/components/share/compose/share-links"
import type { Person, ShareInfo } from "@/lib/share/types"

const nameOf = ({ name, email, id }: Person) => email ?? name ?? id

/** The users who may read a share: adds and removes them. */
export function LinkPeople({ link }: { link: ShareInfo }) {
  const [people, setPeople] = useState(link.people)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true)
    setError(null)
    try {
      await work()
      return true
    } catch (cause) {
      setError(sentenceOf(cause))
      return false
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="mt-2 border-t pt-2">
      <PeopleField
        people={people.map(nameOf)}
        busy={busy}
        error={error}
        onAdd={(email) =>
          attempt(async () => {
            const person = await addReader(link.id, email)
            setPeople((known) => [...known.filter(({ id }) => id !== person.id), person])
          })
        }
        onRemove={(name) => {
          const person = people.find((one) => nameOf(one) === name)
          if (person)
            void attempt(async () => {
              await removeReader(link.id, person.id)
              setPeople((known) => known.filter(({ id }) => id !== person.id))
            })
        }}
      />
    </div>
  )
}
