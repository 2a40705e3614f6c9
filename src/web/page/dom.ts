/** What an element can be given: text for an attribute, `true` for one without a value, `false` for none. */
type Attributes = Readonly<Record<string, string | number | boolean>>;

/**
 * Makes an element. Whatever comes from elsewhere gets into the page through here, as text or as the value of an attribute, and so
 * never as markup.
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children);
  return made;
}

/** Makes a button. */
export function button(label: string, onClick: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', onClick);
  return made;
}

/** Text for those who listen to the page. */
export function heard(text: string): HTMLElement {
  return element('span', { class: 'heard' }, text);
}

/** A section of the page under a heading of its own. */
export function section(id: string, title: string, ...children: readonly (Node | string)[]): HTMLElement {
  const heading = element('h2', { id: `${id}-title` }, title);
  return element('section', { id, 'aria-labelledby': `${id}-title` }, heading, ...children);
}
