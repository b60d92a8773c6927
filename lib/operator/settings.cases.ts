/** The operator's settings: the environment's, stored ones, and both again. */
import { beforeEach, expect, test } from "vitest"
import { config } from "@/lib/config"
import type { Database } from "@/lib/db/client"
import { audit } from "@/lib/operator/audit"
import { changeSettings, invalidateSettings, operatorSettings } from "@/lib/operator/settings"

export function settingsCases(database: () => Database): void {
  beforeEach(async () => {
    await database().setting.deleteMany()
    invalidateSettings()
  })

  test("unchanged settings come from the environment", async () => {
    expect(await operatorSettings()).toEqual(config().operator)
  })

  test("a change takes effect immediately, and can be reset to the environment", async () => {
    await changeSettings({ guests: false, mailDomains: ["example.com"] })
    expect(await operatorSettings()).toMatchObject({ guests: false, signUp: "open", mailDomains: ["example.com"] })
    expect(await changeSettings({ guests: null })).toMatchObject({ guests: true, mailDomains: ["example.com"] })
  })

  test("a stored value of another version does not affect the others", async () => {
    await database().setting.createMany({
      data: [
        { key: "signUp", value: "by pigeon" },
        { key: "unheardOf", value: 1 },
        { key: "guests", value: false },
      ],
    })
    expect(await operatorSettings()).toMatchObject({ guests: false, signUp: "open", mailDomains: [] })
  })

  test("an audit log entry stores the actor, the action and the target", async () => {
    const actor = { id: "a", name: "Ada" }
    await audit({ actor, action: "settings.changed", details: { guests: false }, address: "203.0.113.7" })
    expect(await database().auditEntry.findMany()).toMatchObject([
      { actorId: "a", actorName: "Ada", action: "settings.changed", targetId: null, details: { guests: false } },
    ])
  })
}
