/** A strict little reader of XML: enough to say whether a document is well-formed, and what text it holds. */

interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: (XmlElement | string)[];
}

const ENTITIES = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

function decoded(text: string): string {
  if (text.includes('<')) throw new SyntaxError(`a bare < in ${JSON.stringify(text)}`);
  if (text.includes(']]>')) throw new SyntaxError(`a bare ]]> in ${JSON.stringify(text)}`);
  return text.replace(/&([^;&]*;?)/g, (whole, name: string) => {
    const numeric = /^#(?:x([0-9a-f]+)|(\d+));$/i.exec(name);
    if (numeric !== null)
      return String.fromCodePoint(Number.parseInt(numeric[1] ?? numeric[2], numeric[1] ? 16 : 10));
    const character = name.endsWith(';') ? ENTITIES.get(name.slice(0, -1)) : undefined;
    if (character === undefined) throw new SyntaxError(`not an entity: ${whole}`);
    return character;
  });
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  const rest = text.replace(/\s+([\w:-]+)="([^"]*)"/g, (_, name: string, value: string) => {
    if (attributes.has(name)) throw new SyntaxError(`twice the attribute ${name}`);
    attributes.set(name, decoded(value));
    return '';
  });
  if (rest.trim() !== '') throw new SyntaxError(`not attributes: ${rest}`);
  return attributes;
}

/** The root element of a document. Throws a SyntaxError where it is not well-formed XML 1.0. */
export function parseXml(document: string): XmlElement {
  const bad = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(document);
  if (bad !== null) throw new SyntaxError(`not a character of XML: ${JSON.stringify(bad[0])}`);
  const body = document.replace(/^<\?xml [^?]*\?>\n/, '').trim();
  const root: XmlElement = { name: '', attributes: new Map(), children: [] };
  const open = [root];
  let at = 0;
  for (const tag of body.matchAll(/<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>/g)) {
    const text = body.slice(at, tag.index);
    if (text !== '') open.at(-1)!.children.push(decoded(text));
    at = tag.index + tag[0].length;
    if (tag[1] === '/') {
      const closed = open.pop();
      if (closed?.name !== tag[2]) throw new SyntaxError(`</${tag[2]}> closes <${closed?.name}>`);
      continue;
    }
    const element: XmlElement = { name: tag[2], attributes: attributesOf(tag[3]), children: [] };
    open.at(-1)!.children.push(element);
    if (tag[4] === '') open.push(element);
  }
  if (body.slice(at) !== '' || open.length !== 1)
    throw new SyntaxError('the document does not end with its root');
  const [only, ...more] = root.children;
  if (only === undefined || typeof only === 'string' || more.length > 0)
    throw new SyntaxError('not one root');
  return only;
}

/** Every element below (and with) the given one, in document order. */
export function descendants(element: XmlElement): readonly XmlElement[] {
  return [
    element,
    ...element.children.flatMap((child) => (typeof child === 'string' ? [] : descendants(child))),
  ];
}

/** The text of an element and all below it. */
export function textOf(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}
