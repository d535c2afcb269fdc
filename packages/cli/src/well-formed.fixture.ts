/** Elements that have no end in HTML. */
const VOID = new Set(['meta', '!doctype', '?xml'])

/**
 * Whether every element of a page or an XML text ends where it must, and every `<` and `&` belongs to markup. Gives the
 * first fault, or undefined.
 */
export function markupFault(text: string): string | undefined {
  const open: string[] = []
  let rest = text
  while (rest.length > 0) {
    const [whole, slash, name, closed] =
      /^<(\/?)([!?]?[a-z][a-z0-9-]*)(?:\s+[a-z][a-z0-9-]*(?:="[^"<]*")?)*\s*([/?]?)>/i.exec(rest) ?? []
    if (whole !== undefined && name !== undefined) {
      rest = rest.slice(whole.length)
      if (slash) {
        if (open.pop() !== name) return `</${name}> ends nothing`
      } else if (!closed && !VOID.has(name)) open.push(name)
    } else {
      const [plain] = /^(?:[^<&]|&(?:#\d+|[a-z]+);)+/.exec(rest) ?? []
      if (plain === undefined) return `no markup: ${rest.slice(0, 40)}`
      rest = rest.slice(plain.length)
    }
  }
  return open.length > 0 ? `<${open.at(-1)}> does not end` : undefined
}
