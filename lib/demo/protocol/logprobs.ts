/** How likely a word of the demo model was: it has no chances, so it makes up some that are always the same. */

interface Likely {
  token: string
  logprob: number
}

/** Of one token, with `count` words that could have stood there. */
export function logprobsOf(token: string, count: number): { content: (Likely & { top_logprobs: Likely[] })[] } {
  const others = [token, token.toUpperCase(), `${token}s`, ` ${token}`, `${token}.`]
  const share = 1 / (token.length + 1)
  const likely = others.map((other, place) => ({
    token: other,
    logprob: Math.log(place === 0 ? 1 - share : share / 2 ** place),
  }))
  return { content: [{ token, logprob: Math.log(1 - share), top_logprobs: likely.slice(0, count) }] }
}
