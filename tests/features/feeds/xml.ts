// Reads XML as strictly as feed readers do, for tests: whatever is not well-formed throws.

export interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  /** The first child element of that name. */
  child(name: string): Node;
  children(name?: string): Node[];
}

const REFERENCES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const TOKEN = /<\?xml [^?]*\?>|<(\/?)([a-zA-Z][\w:-]*)((?: [a-z][\w:-]*="[^"<]*")*)>|([^<]+)/gy;

export function parseXml(document: string): Node {
  if (/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(document))
    throw new Error('XML with a character that XML cannot have');
  const root = new Building('', {});
  const open = [root];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < document.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(document);
    const current = open.at(-1);
    if (!token || !current) throw new Error(`Not well-formed at ${document.slice(at, at + 60)}`);
    const [, slash, name = '', attributes = '', text] = token;
    if (text !== undefined) current.text += unescapeXml(text);
    else if (slash === '/') {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes nothing`);
    } else if (name !== '') {
      const node = new Building(name, readAttributes(attributes));
      current.nodes.push(node);
      open.push(node);
    }
  }
  if (open.length !== 1 || root.nodes.length !== 1) throw new Error('XML needs one root that is closed');
  return root.nodes[0] as Node;
}

class Building implements Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly nodes: Building[] = [];
  text = '';

  constructor(name: string, attributes: Readonly<Record<string, string>>) {
    this.name = name;
    this.attributes = attributes;
  }

  child(name: string): Node {
    const found = this.nodes.find((node) => node.name === name);
    if (!found) throw new Error(`<${this.name}> has no <${name}>`);
    return found;
  }

  children(name?: string): Node[] {
    return name === undefined ? this.nodes : this.nodes.filter((node) => node.name === name);
  }
}

function readAttributes(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/ ([\w:-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      unescapeXml(value),
    ]),
  );
}

function unescapeXml(text: string): string {
  if (/&(?!(?:amp|lt|gt|quot|apos|#\d+);)/.test(text)) throw new Error(`A bare & in ${text.slice(0, 60)}`);
  return text.replace(/&(?:(\w+)|#(\d+));/g, (_reference, name?: string, code?: string) =>
    name === undefined ? String.fromCodePoint(Number(code)) : (REFERENCES[name] ?? ''),
  );
}
