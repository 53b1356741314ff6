/** Puts parameters into a text: `{name}` is replaced by the value of that name; an unknown name stays, so that it is seen. */
export const fill = (text: string, params: Readonly<Record<string, string | number>>): string =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole));
