"use client"

import { useTranslations } from "next-intl"
import { AdvancedFields } from "@/components/chat-settings/advanced-fields"
import { FolderDefault } from "@/components/chat-settings/folder-default"
import { NumberField } from "@/components/chat-settings/number-field"
import { SystemPrompt } from "@/components/chat-settings/system-prompt"
import { ThinkingField } from "@/components/chat-settings/thinking-field"
import { useServerTools } from "@/components/mcp/use-server-tools"
import { PARAMETERS } from "@/components/presets/parameters"
import { mcpToolLabel } from "@/lib/mcp/types"
import type { ChatSettings } from "@/lib/messages/types"
import type { ModelInfo } from "@/lib/models/model.types"

interface Props {
  settings: ChatSettings
  onChange: (change: Partial<ChatSettings>) => void
  /** The selected model; undefined when unknown. */
  model: ModelInfo | undefined
  /** The operator's limit of tokens per answer; null: only the model's limit. */
  mostTokens: number | null
  tools: string[]
  /** The estimated cost of each in tokens per question. */
  toolTokens: Record<string, number>
  folder?: { id: string; name: string } | undefined
}

/** System prompt, parameters with description and range, tools. */
export function SettingsFields({ settings, onChange, model, mostTokens, tools, toolTokens, folder }: Props) {
  const most = Math.min(model?.outputTokens ?? Number.POSITIVE_INFINITY, mostTokens ?? Number.POSITIVE_INFINITY)
  return (
    <div className="flex flex-col gap-5">
      <SystemPrompt value={settings.systemPrompt ?? ""} onChange={(value) => onChange({ systemPrompt: value })} />
      <ThinkingField value={settings.reasoning} model={model} onChange={(value) => onChange({ reasoning: value })} />
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
        {PARAMETERS.map((parameter) => (
          <NumberField
            key={parameter.name}
            parameter={parameter}
            value={settings[parameter.name]}
            onChange={(value) => onChange({ [parameter.name]: value })}
            most={parameter.name === "maxTokens" ? most : undefined}
          />
        ))}
      </div>
      <Tools
        names={tools}
        tokens={toolTokens}
        able={model?.tools ?? true}
        chosen={settings.tools}
        onChange={(chosen) => onChange({ tools: chosen })}
      />
      {folder && tools.length > 0 && <FolderDefault folder={folder} tools={settings.tools} />}
      <AdvancedFields settings={settings} onChange={onChange} fireworks={model?.upstream === "fireworks"} />
    </div>
  )
}

interface ToolsProps {
  /** Empty when the operator has disabled them. */
  names: string[]
  /** The estimated cost of each in tokens per question. */
  tokens: Record<string, number>
  /** The model supports tools. */
  able: boolean
  /** Undefined: all. */
  chosen: string[] | undefined
  onChange: (chosen: string[] | undefined) => void
}

function Tools({ names: own, tokens: ownTokens, able, chosen, onChange }: ToolsProps) {
  const t = useTranslations("settings")
  const named = useTranslations("tools")
  const servers = useServerTools()
  // The operator's switch applies to all of them.
  const names = own.length > 0 ? [...own, ...servers.map(({ name }) => name)] : []
  const tokens = { ...ownTokens, ...Object.fromEntries(servers.map((tool) => [tool.name, tool.tokens])) }
  const isOn = (name: string) => chosen?.includes(name) ?? true
  const toggle = (name: string) => {
    const next = names.filter((candidate) => (candidate === name ? !isOn(name) : isOn(candidate)))
    // Tools of a server that is currently unreachable keep their state.
    const others = chosen?.filter((candidate) => !names.includes(candidate)) ?? []
    onChange(next.length === names.length ? undefined : [...next, ...others])
  }
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium text-[0.8125rem]">{t("tools")}</legend>
      {names.length === 0 && <p className="text-[0.8125rem] text-muted-foreground">{t("toolsOff")}</p>}
      {!able && <p className="text-[0.8125rem] text-muted-foreground">{t("toolsUnsupported")}</p>}
      {(able ? names : []).map((name) => (
        <label key={name} className="flex min-h-8 cursor-pointer items-center gap-2.5 text-sm">
          <input type="checkbox" checked={isOn(name)} onChange={() => toggle(name)} className="size-4 accent-spark" />
          <span className="wrap-anywhere">{mcpToolLabel(name) ?? named("names", { name })}</span>
          {tokens[name] !== undefined && (
            <span className="text-[0.8125rem] text-muted-foreground">{t("toolTokens", { count: tokens[name] })}</span>
          )}
        </label>
      ))}
    </fieldset>
  )
}
