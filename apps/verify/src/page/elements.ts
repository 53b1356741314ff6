/** Parts of the page; all text is set as text. */
export function element(name: string, text: string, className = ''): HTMLElement {
    const made = document.createElement(name);
    made.textContent = text;
    if (className !== '') made.className = className;
    return made;
}

export function listOf(lines: readonly string[], className = ''): HTMLElement {
    const list = element('ul', '', className);
    list.append(...lines.map((line) => element('li', line)));
    return list;
}

export function factList(pairs: readonly (readonly [string, string])[]): HTMLElement {
    const facts = element('dl', '');
    for (const [name, value] of pairs) facts.append(element('dt', name), element('dd', value));
    return facts;
}
