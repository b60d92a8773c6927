/**
 * What tailwind-merge has to know of the utilities that are used here: which are of one kind, so that a later one takes an
 * earlier one's place. The package's own list knows all of Tailwind and weighs more than the rest of it, in the first
 * scripts of every page. `cn.test.ts` holds this one to it, for every class in the sources.
 */

type Value = string | ((value: string) => boolean)
type Group = (string | Record<string, Value[]>)[]

const any = () => true
const like = (pattern: RegExp) => (value: string) => pattern.test(value)
const number = like(/^\d|^\[\d/)
const step = like(/^(\d?xs|sm|md|lg|\d?xl)$/)
const arbitrary = like(/^\[/)

/** Whose kind is what they begin with. */
const PREFIXES =
  "p px py ps pe pt pb m mx my ms me mt mb space-x space-y gap gap-x gap-y size w h min-w min-h max-w max-h z top bottom left right start end inset inset-x inset-y basis grow shrink order grid-cols grid-rows col row items self justify justify-items justify-self place-items place-content place-self leading tracking indent whitespace break wrap hyphens opacity cursor select pointer-events resize appearance accent field-sizing overflow overflow-x overflow-y overscroll overscroll-x overscroll-y rounded rounded-s rounded-e rounded-t rounded-b rounded-ss rounded-se rounded-es rounded-ee rounded-tl rounded-tr rounded-bl rounded-br transition duration ease delay animate rotate scale scale-x scale-y translate-x translate-y fill stroke blur backdrop-blur underline-offset content line-clamp float clear scroll-px aspect origin will-change outline-offset"

const SIDES = ["x", "y", "s", "e", "t", "b", "l", "r"]
const STYLES = ["solid", "dashed", "dotted", "double", "hidden", "none"]

const classGroups: Record<string, Group> = {
  ...Object.fromEntries(PREFIXES.split(" ").map((prefix) => [prefix, [{ [prefix]: ["", any] }]])),
  display:
    "block inline-block inline flex inline-flex table inline-table table-row table-cell grid inline-grid contents list-item flow-root hidden".split(
      " ",
    ),
  position: ["static", "fixed", "absolute", "relative", "sticky"],
  visibility: ["visible", "invisible", "collapse"],
  sr: ["sr-only", "not-sr-only"],
  "container-type": ["@container"],
  "flex-direction": [{ flex: ["row", "row-reverse", "col", "col-reverse"] }],
  "flex-wrap": [{ flex: ["wrap", "nowrap", "wrap-reverse"] }],
  flex: [{ flex: [any] }],
  "text-alignment": [{ text: ["left", "center", "right", "justify", "start", "end"] }],
  "text-wrap": [{ text: ["wrap", "nowrap", "balance", "pretty"] }],
  "text-overflow": ["truncate", { text: ["ellipsis", "clip"] }],
  "font-size": [{ text: ["base", step, like(/^\[[\d.]/)] }],
  "text-color": [{ text: [any] }],
  "font-weight": [
    { font: ["thin", "extralight", "light", "normal", "medium", "semibold", "bold", "extrabold", "black"] },
  ],
  "font-family": [{ font: [any] }],
  "font-style": ["italic", "not-italic"],
  "fvn-spacing": ["proportional-nums", "tabular-nums"],
  "text-transform": ["uppercase", "lowercase", "capitalize", "normal-case"],
  "text-decoration": ["underline", "overline", "line-through", "no-underline"],
  "text-decoration-thickness": [{ decoration: [number] }],
  "text-decoration-color": [{ decoration: [any] }],
  "list-style-position": [{ list: ["inside", "outside"] }],
  "list-style-type": [{ list: [any] }],
  "bg-color": [{ bg: [any] }],
  "border-collapse": [{ border: ["collapse", "separate"] }],
  "border-style": [{ border: STYLES }],
  "border-w": [{ border: ["", number] }],
  "border-color": [{ border: [any] }],
  ...Object.fromEntries(SIDES.map((side) => [`border-w-${side}`, [{ [`border-${side}`]: ["", number] }]])),
  ...Object.fromEntries(SIDES.map((side) => [`border-color-${side}`, [{ [`border-${side}`]: [any] }]])),
  "outline-style": [{ outline: STYLES }],
  "outline-w": [{ outline: ["", number] }],
  "outline-color": [{ outline: [any] }],
  shadow: [{ shadow: ["", "none", step, arbitrary] }],
  "shadow-color": [{ shadow: [any] }],
  "object-fit": [{ object: ["contain", "cover", "fill", "none", "scale-down"] }],
  touch: [{ touch: ["auto", "none", "manipulation"] }],
  "touch-x": [{ touch: ["pan-x", "pan-left", "pan-right"] }],
  "touch-y": [{ touch: ["pan-y", "pan-up", "pan-down"] }],
  "snap-align": [{ snap: ["start", "end", "center", "align-none"] }],
  "snap-type": [{ snap: ["none", "x", "y", "both"] }],
}

const of = (group: string, kinds: string) => kinds.split(" ").map((kind) => `${group}-${kind}`)

/** What takes the place of others, too. */
const conflictingClassGroups: Record<string, string[]> = {
  p: ["px", "py", "ps", "pe", "pt", "pb"],
  px: ["ps", "pe"],
  py: ["pt", "pb"],
  m: ["mx", "my", "ms", "me", "mt", "mb"],
  mx: ["ms", "me"],
  my: ["mt", "mb"],
  gap: ["gap-x", "gap-y"],
  size: ["w", "h"],
  inset: ["inset-x", "inset-y", "start", "end", "top", "right", "bottom", "left"],
  "inset-x": ["start", "end", "right", "left"],
  "inset-y": ["top", "bottom"],
  flex: ["basis", "grow", "shrink"],
  overflow: of("overflow", "x y"),
  overscroll: of("overscroll", "x y"),
  "font-size": ["leading"],
  "line-clamp": ["display", "overflow"],
  rounded: of("rounded", "s e t b ss se es ee tl tr bl br"),
  "rounded-s": of("rounded", "ss es"),
  "rounded-e": of("rounded", "se ee"),
  "rounded-t": of("rounded", "tl tr"),
  "rounded-b": of("rounded", "bl br"),
  "border-w": of("border-w", "x y s e t b l r"),
  "border-w-x": of("border-w", "s e l r"),
  "border-w-y": of("border-w", "t b"),
  "border-color": of("border-color", "x y s e t b l r"),
  "border-color-x": of("border-color", "s e l r"),
  "border-color-y": of("border-color", "t b"),
  touch: of("touch", "x y"),
  "touch-x": ["touch"],
  "touch-y": ["touch"],
}

export const mergeConfig = () => ({
  cacheSize: 500,
  theme: {},
  classGroups,
  conflictingClassGroups,
  conflictingClassGroupModifiers: { "font-size": ["leading"] },
  orderSensitiveModifiers:
    "* ** after backdrop before details-content file first-letter first-line marker placeholder selection".split(" "),
})
